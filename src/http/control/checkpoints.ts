import type { FastifyInstance } from 'fastify'
import { type Checkpoint, CheckpointDamaged, CheckpointRefused } from '../../core/model/checkpoint.ts'
import { fromInstant } from '../../documents/instants.ts'
import { dropCheckpoint, listCheckpoints, restoreCheckpoint, saveCheckpoint } from '../../doors/checkpoints.ts'
import { Problem } from '../problem.ts'
import type { ControlContext } from './index.ts'
import { change, look, oneId, oneWorldIdOf } from './input.ts'
import { placeProblem } from './place.ts'
import { serve } from './serve.ts'

/** A world's checkpoints: saved, listed, dropped, gone back to, or made into another world. */
export function checkpoints(app: FastifyInstance, context: ControlContext): void {
  const { core } = context

  serve(app, listCheckpoints, (request) => look(context, request, (world) => world.checkpoints().map(shown)))

  serve(app, saveCheckpoint, (request) =>
    change(context, request, async (world) => {
      await world.ready()
      try {
        return { world: world.id, ...shown(await world.saveCheckpoint(request.params.name)) }
      } catch (error) {
        if (!(error instanceof CheckpointRefused)) throw error
        throw new Problem(error.reason === 'name' ? 400 : 409, `${error.message}.`, {
          field: 'name',
          value: request.params.name,
          reason: error.reason,
          example: 'before-upgrade'
        })
      }
    })
  )

  serve(app, dropCheckpoint, async (request) => {
    const { name } = request.params
    const id = oneWorldIdOf(request)
    if (!core.peek(id)?.dropCheckpoint(name)) throw unknown(context, id, name)
  })

  serve(app, restoreCheckpoint, async (request) => {
    const { name } = request.params
    const id = oneWorldIdOf(request)
    const as = oneId(request.body.as ?? id)
    const misplaced = as === id ? undefined : placeProblem(context, request, as)
    if (misplaced) throw misplaced
    try {
      const restored = as === id ? core.peek(id)?.restoreCheckpoint(name) : core.fork(id, name, as)
      if (!restored) throw unknown(context, id, name)
      return { world: as, ...shown(restored) }
    } catch (error) {
      if (!(error instanceof CheckpointDamaged)) throw error
      const detail = `The checkpoint ${JSON.stringify(name)} can’t be restored: ${error.message}. Nothing was changed.`
      throw new Problem(409, detail, { field: 'name', value: name, reason: error.message })
    }
  })
}

function unknown({ core }: ControlContext, id: string, name: string): Problem {
  const known =
    core
      .peek(id)
      ?.checkpoints()
      .map((checkpoint) => checkpoint.name) ?? []
  return new Problem(404, `The world ${JSON.stringify(id)} has no checkpoint ${JSON.stringify(name)}.`, {
    field: 'name',
    value: name,
    known
  })
}

function shown({ name, at, savedAt, bytes }: Checkpoint) {
  return { name, at: fromInstant(at), savedAt: fromInstant(savedAt), bytes }
}
