import { Type } from '@sinclair/typebox'
import {
  type Checkpoint,
  CheckpointDamaged,
  CheckpointRefused,
  MAX_CHECKPOINT_NAME_LENGTH
} from '../../core/model/checkpoint.ts'
import { fromInstant } from '../../documents/instants.ts'
import { Problem } from '../problem.ts'
import type { ControlApp, ControlContext } from './index.ts'
import { change, look, oneId, oneWorldIdOf } from './input.ts'
import { WorldId, WorldQuery } from './schemas.ts'

const Named = Type.Object({
  name: Type.String({
    expected: `a name of 1 to ${MAX_CHECKPOINT_NAME_LENGTH} characters`,
    examples: ['before-upgrade']
  })
})
const Nothing = Type.Object({}, { additionalProperties: false })
const Restore = Type.Object({ as: Type.Optional(WorldId) }, { additionalProperties: false })

/** A world's checkpoints: saved, listed, dropped, gone back to, or made into another world. */
export function checkpoints(app: ControlApp, context: ControlContext): void {
  const { core } = context

  app.get('/checkpoints', { schema: { querystring: WorldQuery } }, (request) =>
    look(context, request, (world) => world.checkpoints().map(shown))
  )

  app.put('/checkpoints/:name', { schema: { params: Named, querystring: WorldQuery, body: Nothing } }, (request) =>
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

  app.delete('/checkpoints/:name', { schema: { params: Named, querystring: WorldQuery } }, async (request, reply) => {
    const { name } = request.params
    const id = oneWorldIdOf(request)
    if (!core.peek(id)?.dropCheckpoint(name)) throw unknown(context, id, name)
    return reply.code(204).send()
  })

  app.post(
    '/checkpoints/:name/restore',
    { schema: { params: Named, querystring: WorldQuery, body: Restore } },
    async (request) => {
      const { name } = request.params
      const id = oneWorldIdOf(request)
      const as = oneId(request.body.as ?? id)
      try {
        const restored = as === id ? core.peek(id)?.restoreCheckpoint(name) : core.fork(id, name, as)
        if (!restored) throw unknown(context, id, name)
        return { world: as, ...shown(restored) }
      } catch (error) {
        if (!(error instanceof CheckpointDamaged)) throw error
        const detail = `The checkpoint ${JSON.stringify(name)} can’t be restored: ${error.message}. Nothing was changed.`
        throw new Problem(409, detail, { field: 'name', value: name, reason: error.message })
      }
    }
  )
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

function shown({ name, at, savedAt, bytes }: Checkpoint): object {
  return { name, at: fromInstant(at), savedAt: fromInstant(savedAt), bytes }
}
