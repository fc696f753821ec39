import type { FastifyInstance } from 'fastify'
import { ALL_WORLDS } from '../../core/model/world-names.ts'
import { beginMove, finishMove, giveUpMove, listMoves, type MoveBeginning } from '../../doors/moves.ts'
import { Problem } from '../problem.ts'
import type { ControlContext } from './index.ts'
import { serve } from './serve.ts'

/** Worlds on their way from one server to another. */
export function moves(app: FastifyInstance, { core }: ControlContext): void {
  serve(app, listMoves, () => core.moves.all())

  serve(app, beginMove, async (request) => {
    const { id } = request.params
    const { to, dropCheckpoints, ...arriving } = request.body
    if (to !== undefined) {
      refuse(arriving, 'where to is named')
      return core.moves.leave(id, to, dropCheckpoints === true)
    }
    refuse({ dropCheckpoints }, 'where to is not named')
    const { from, mode, keep = false, series = 0 } = arriving
    if (from === undefined) {
      throw new Problem(400, 'The body names neither to nor from.', { field: 'body', example: LEAVING })
    }
    if (mode === undefined) throw new Problem(400, 'mode is missing.', { field: 'mode', example: 'system' })
    if (id === ALL_WORLDS) {
      throw new Problem(400, 'All worlds come one by one.', { field: 'id', value: id, example: 'run-17' })
    }
    return core.moves.expect(id, { from, mode, keep, series })
  })

  serve(app, finishMove, async (request) =>
    core.moves.finish(request.params.id, request.body.move).then(() => undefined)
  )

  serve(app, giveUpMove, async (request) => {
    const { id } = request.params
    if (await core.moves.giveUp(id, request.query.move)) return
    const known = core.moves.all().map(({ world }) => world)
    throw new Problem(404, `The world ${JSON.stringify(id)} is not being moved.`, { field: 'id', value: id, known })
  })
}

const LEAVING = { to: 'http://127.0.0.1:7431' } as const satisfies MoveBeginning

/** Members that mean nothing in this place. */
function refuse(members: Readonly<Record<string, unknown>>, where: string): void {
  const [found] = Object.entries(members).filter(([, value]) => value !== undefined)
  if (!found) return
  const [field, value] = found
  throw new Problem(400, `${field} says nothing ${where}.`, { field, value, example: LEAVING })
}
