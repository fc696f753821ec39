import type { FastifyInstance, FastifyRequest } from 'fastify'
import { StateRefused } from '../../core/model/detached.ts'
import { WorldMoved } from '../../core/model/world.ts'
import { BadUsage } from '../../documents/complaint.ts'
import { NO_TEXT, textOf } from '../../documents/decode.ts'
import { inSlices } from '../../documents/slices.ts'
import { exportState, importState } from '../../doors/state.ts'
import { BadSeed } from '../../providers/seed-room.ts'
import type { Seed } from '../../seed/seed.ts'
import { Problem } from '../problem.ts'
import { orProblem } from './clock.ts'
import type { ControlContext } from './index.ts'
import { oneWorldIdOf } from './input.ts'
import { serve } from './serve.ts'
import { shownClock } from './time.ts'
import { createTurns } from './turns.ts'

/** A world as a document: read, or put in place of what is there. */
export function state(app: FastifyInstance, context: ControlContext): void {
  const { core, clouds } = context
  // A document takes many times its size in memory while it is read.
  const inTurn = createTurns()

  serve(app, exportState, async (request, reply) => {
    const { exportOf } = await import('../../seed/export.ts')
    const id = oneWorldIdOf(request)
    // A world in which time cannot go on is exported as it stands, and so is one that is moved, as long as it is here.
    if (!core.peek(id)) core.moves.checkServed(id)
    await core.look(id, (world) =>
      world.ready().catch((error: unknown) => {
        if (!world.isFrozen && !(error instanceof WorldMoved)) throw error
      })
    )
    const form = /\b(ya?ml|x-yaml)\b/.test(request.headers.accept ?? '') ? 'yaml' : 'json'
    return context.longAnswers.send(reply, form === 'yaml' ? 'application/yaml' : 'application/json', async () => {
      const detached = await core.detach(id)
      return { pieces: exportOf(detached, clouds, form), close: detached.close }
    })
  })

  serve(app, importState, async (request) => {
    const { stateOf } = await import('../../seed/import.ts')
    const id = oneWorldIdOf(request)
    const { move } = request.query
    if (move === undefined) core.moves.checkServed(id)
    try {
      const asked = await inTurn(async () => stateOf('body', await documentText(request), clouds, core.settings))
      if ('tables' in asked) await core.loadState(id, asked.tables, move)
      else if (move !== undefined) throw notExact()
      else await plant(context, id, asked.seed)
      const clock = await core.look(id, (world) => world.clock())
      return { world: id, exact: 'tables' in asked, ...shownClock(clock) }
    } catch (error) {
      if (error instanceof StateRefused) throw unfit(error)
      if (!(error instanceof BadUsage)) throw error
      throw new Problem(400, 'The document is no state of a world; nothing was changed.', {
        field: 'body',
        wrongs: error.complaints,
        more: error.more > 0 ? error.more : undefined
      })
    }
  })
}

/** The text of a document in a body, whatever a file can be. */
async function documentText({ body }: FastifyRequest): Promise<string> {
  const text = Buffer.isBuffer(body) ? await inSlices(textOf(body)) : ''
  if (text === undefined) throw new BadUsage([{ where: 'body', ...NO_TEXT }])
  return text
}

async function plant(context: ControlContext, id: string, seed: Seed): Promise<void> {
  const { core, clouds } = context
  const { badUsageOf, plantSeed } = await import('../../seed/seed.ts')
  const planted = core.plantState(id, (bed) => plantSeed(seed, clouds, bed), seed.clock)
  try {
    await orProblem(planted, 'clock.at')
  } catch (error) {
    throw error instanceof BadSeed ? await badUsageOf(seed.document, error) : error
  }
}

/** Of a seed another world would come of each planting. */
function notExact(): Problem {
  return new Problem(400, 'Only an export is taken for a world that is moved.', { field: 'internal' })
}

/** Rows that do not fit are the document's doing, not ours. */
function unfit({ message }: StateRefused): Problem {
  const detail = `internal does not fit: ${message}. Leave it out, and the rest is planted as a seed.`
  return new Problem(400, detail, { field: 'internal', reason: message })
}
