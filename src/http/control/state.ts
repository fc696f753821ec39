import { Readable } from 'node:stream'
import { StateRefused } from '../../core/model/detached.ts'
import { Problem } from '../problem.ts'
import { orProblem } from './clock.ts'
import type { ControlApp, ControlContext } from './index.ts'
import { oneWorldIdOf, textBody } from './input.ts'
import { WorldQuery } from './schemas.ts'
import { shownClock } from './time.ts'

const STATE_BYTES_MAX = 256 * 1024 ** 2

/** A world as a document: read, or put in place of what is there. */
export function state(app: ControlApp, context: ControlContext): void {
  const { core, clouds } = context

  app.get('/state', { schema: { querystring: WorldQuery } }, async (request, reply) => {
    const { exportOf } = await import('../../seed/export.ts')
    const id = oneWorldIdOf(request)
    // A world in which time cannot go on is exported as it stands.
    await core.look(id, (world) =>
      world.ready().catch((error: unknown) => {
        if (!world.isFrozen) throw error
      })
    )
    const form = /\b(ya?ml|x-yaml)\b/.test(request.headers.accept ?? '') ? 'yaml' : 'json'
    const detached = await core.detach(id)
    const text = Readable.from(exportOf(detached, clouds, form))
    text.once('close', () => detached.close())
    return reply.type(form === 'yaml' ? 'application/yaml' : 'application/json').send(text)
  })

  app.put(
    '/state',
    { schema: { querystring: WorldQuery }, bodyLimit: STATE_BYTES_MAX, config: { bodyAs: 'text' } },
    async (request) => {
      const [{ BadUsage }, { stateOf }, { plantSeed }] = await Promise.all([
        import('../../documents/complaint.ts'),
        import('../../seed/import.ts'),
        import('../../seed/seed.ts')
      ])
      const id = oneWorldIdOf(request)
      try {
        const asked = await stateOf('body', textBody(request), clouds, core.settings)
        if ('tables' in asked) await loadOrProblem(core.loadState(id, asked.tables))
        else {
          const { clock } = asked.seed
          await orProblem(
            Promise.resolve().then(() => core.plantState(id, (empty) => plantSeed(asked.seed, clouds, empty), clock)),
            'clock.at'
          )
        }
        return { world: id, exact: 'tables' in asked, ...shownClock(core.world(id).clock()) }
      } catch (error) {
        if (!(error instanceof BadUsage)) throw error
        throw new Problem(400, 'The document is no state of a world; nothing was changed.', {
          field: 'body',
          faults: error.complaints
        })
      }
    }
  )
}

/** Rows that do not fit are the document's wrong, not ours. */
async function loadOrProblem(loading: Promise<void>): Promise<void> {
  try {
    await loading
  } catch (error) {
    if (!(error instanceof StateRefused)) throw error
    const { message } = error
    throw new Problem(400, `internal does not fit: ${message}. Leave it out, and the rest is planted as a seed.`, {
      field: 'internal',
      reason: message
    })
  }
}
