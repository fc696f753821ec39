import type { FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import { WorldMoved } from '../../core/model/world.ts'
import { ALL_WORLDS } from '../../core/model/world-names.ts'
import { movedProblem } from '../errors.ts'
import { Problem } from '../problem.ts'
import { misplaced } from '../shard.ts'
import type { ControlContext } from './index.ts'
import { worldIdOf } from './input.ts'

/** Refuses, before anything else of it is read, a call about a world that is to be served elsewhere. */
export function placeCheck(context: ControlContext) {
  return (request: FastifyRequest, _reply: unknown, next: HookHandlerDoneFunction): void => {
    const world = worldMeant(request)
    next(world === undefined ? undefined : (placeProblem(context, request, world) ?? movedOf(context, request, world)))
  }
}

/** Why a world that is moved is not served; what is about its move, and what only tells what was, goes on. */
function movedOf({ core }: ControlContext, request: FastifyRequest, world: string): Problem | undefined {
  if (world === ALL_WORLDS || request.routeOptions.config.door?.isServedMoved || !core.moves.find(world))
    return undefined
  try {
    core.moves.checkServed(world)
    return undefined
  } catch (error) {
    if (error instanceof WorldMoved) return movedProblem(error)
    throw error
  }
}

/** Why a world is not for this shard; undefined: it is. */
export function placeProblem(
  { shard }: ControlContext,
  { headers }: FastifyRequest,
  world: string
): Problem | undefined {
  const wrong = misplaced(shard, headers, world)
  return wrong && new Problem(421, wrong.message, { field: wrong.header, value: wrong.value, example: wrong.example })
}

/** The world that a call is about, or `*`. undefined: it is about none. */
function worldMeant(request: FastifyRequest): string | undefined {
  const { door } = request.routeOptions.config
  if (!door) return undefined
  // By its id a call is found in any journal.
  if (door.about !== 'server') return worldIdOf(request, door.path.startsWith('/requests/:id') ? ALL_WORLDS : undefined)
  if (door.path === '/worlds' || door.path === '/moves') return ALL_WORLDS
  if (!/^\/(worlds|moves)\/:id/.test(door.path)) return undefined
  const id =
    typeof request.params === 'object' && request.params !== null ? Reflect.get(request.params, 'id') : undefined
  return typeof id === 'string' ? id : undefined
}
