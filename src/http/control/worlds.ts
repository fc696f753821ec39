import { Type } from '@sinclair/typebox'
import type { WorldSummary } from '../../core/model/core.ts'
import { ALL_WORLDS } from '../../core/model/world-names.ts'
import { Problem } from '../problem.ts'
import type { ControlApp, ControlContext } from './index.ts'
import { oneId, oneWorldIdOf, worldIdOf } from './input.ts'
import { WorldId, WorldQuery } from './schemas.ts'
import { shownClock } from './time.ts'

const OneWorld = Type.Object({ id: WorldId })
const Keep = Type.Object({ keep: Type.Boolean({ examples: [true] }) }, { additionalProperties: false })
const NoQuery = Type.Object({}, { additionalProperties: false })

/** The worlds of this server: list, keep, forget, reset. */
export function worlds(app: ControlApp, context: ControlContext): void {
  const { core } = context
  const shown = (world: WorldSummary): object => ({ ...world, ...shownClock(world) })

  app.get('/worlds', { schema: { querystring: NoQuery } }, () => core.worlds().map(shown))

  app.put('/worlds/:id', { schema: { params: OneWorld, querystring: NoQuery, body: Keep } }, (request) =>
    shown(core.keep(oneId(request.params.id), request.body.keep))
  )

  app.delete('/worlds/:id', { schema: { params: OneWorld, querystring: NoQuery } }, async (request, reply) => {
    const { id } = request.params
    if (!(await core.forget(id)))
      throw new Problem(404, `There is no world ${JSON.stringify(id)}.`, { field: 'id', value: id })
    return reply.code(204).send()
  })

  app.post('/reset', { schema: { querystring: WorldQuery, body: NoQuery } }, async (request) => {
    if (worldIdOf(request) !== ALL_WORLDS) {
      const id = oneWorldIdOf(request)
      // One that is not there is as new already.
      await core.peek(id)?.reset()
      core.journals.find(id)?.restart()
      return { worlds: [id] }
    }
    const reset: string[] = []
    const failed: { readonly world: string; readonly reason: string }[] = []
    for (const { id } of core.worlds()) {
      // Whoever else waits has its turn.
      await new Promise((resolve) => setImmediate(resolve))
      try {
        await core.peek(id)?.reset()
        reset.push(id)
      } catch (error) {
        failed.push({ world: id, reason: error instanceof Error ? error.message : String(error) })
      }
    }
    for (const journal of core.journals.loose()) journal.restart()
    return { worlds: reset, ...(failed.length > 0 && { failed }) }
  })
}
