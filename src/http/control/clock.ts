import type { FastifyInstance } from 'fastify'
import { type AdvanceTo, ClockRefused } from '../../core/model/world.ts'
import { fromInstant, instantAt } from '../../documents/instants.ts'
import { advanceClock, getClock, setClock, stopAdvance } from '../../doors/clock.ts'
import { DURATION_EXAMPLE, INSTANT_EXAMPLE } from '../../doors/schemas.ts'
import type { AdvanceOutcome, Metrics } from '../../metrics/metrics.ts'
import { Problem } from '../problem.ts'
import type { ControlContext } from './index.ts'
import { change, look } from './input.ts'
import { serve } from './serve.ts'
import { shownClock, shownReport, toDurationMs } from './time.ts'

/** A world's clock: what it shows, setting it, moving it. */
export function clock(app: FastifyInstance, context: ControlContext): void {
  serve(app, getClock, (request) =>
    look(context, request, (world) => ({ world: world.id, ...shownClock(world.clock()) }))
  )

  serve(app, setClock, async (request) => {
    const { mode, now } = request.body
    if (mode === undefined && now === undefined) {
      throw new Problem(400, 'The body names neither mode nor now.', {
        field: 'body',
        example: { mode: 'manual', now: INSTANT_EXAMPLE }
      })
    }
    const asked = { mode, now: now === undefined ? undefined : instantAt(now) }
    return change(context, request, async (world) => {
      const view = await orProblem(world.setClock(asked), 'now')
      return { world: world.id, ...shownClock(view) }
    })
  })

  serve(app, advanceClock, async (request) => {
    const { by, to, toNext } = request.body
    if ([by, to, toNext].filter((way) => way !== undefined).length !== 1) {
      throw new Problem(400, 'The body names one of by, to and toNext.', { field: 'body', example: { by: 'P7D' } })
    }
    const instant = to === undefined ? undefined : instantAt(to)
    const advanced = change(context, request, async (world) => {
      const way: AdvanceTo =
        by !== undefined
          ? { by: toDurationMs(by, world.now()) }
          : instant !== undefined
            ? { to: instant }
            : { toNext: true }
      const report = await orProblem(world.advance(way), by === undefined ? 'to' : 'by')
      return { world: world.id, ...shownReport(report) }
    })
    return counted(context.metrics, advanced)
  })

  // Where there is no world there is nothing to stop, and none comes into being.
  serve(app, stopAdvance, (request) =>
    look(context, request, (world) => {
      const stopped = world.stopAdvance()
      return { world: world.id, ...shownClock(world.clock()), stopped }
    })
  )
}

/** An advance, and how it ended; a new world is tried first, which is no second one. */
async function counted<T>(metrics: Metrics | undefined, advance: Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const tell = (outcome: AdvanceOutcome) => metrics?.advanced(outcome, performance.now() - startedAt)
  try {
    const report = await advance
    tell('done')
    return report
  } catch (error) {
    tell(error instanceof Problem && error.members.reason === 'stopped' ? 'stopped' : 'refused')
    throw error
  }
}

const WAYS_OUT = {
  back: 'to go back, set a clock that nothing has happened on yet with PUT /_snapstand/clock, or reset the world',
  'before-change': 'choose a later instant, or reset the world first',
  range: 'choose an instant of 2000 to 2100',
  'too-many': 'advance in smaller steps, or start the server with a larger --max-advance',
  stopped: 'what was done until then stands'
} as const satisfies Record<ClockRefused['reason'], string>

/** A refusal of the clock as a problem that says what would be possible. */
export async function orProblem<T>(work: Promise<T>, field: string): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof ClockRefused)) throw error
    const status = error.reason === 'range' ? 400 : 409
    const detail = Object.fromEntries(Object.entries(error.detail).map(([name, value]) => [name, shown(name, value)]))
    const example = field === 'by' ? DURATION_EXAMPLE : exampleFor(error)
    throw new Problem(status, `${error.message}; ${WAYS_OUT[error.reason]}.`, {
      field,
      reason: error.reason,
      ...detail,
      example
    })
  }
}

/** An instant that would be taken. */
function exampleFor({ reason, detail }: ClockRefused): string | undefined {
  const earliest = reason === 'back' ? detail.now : reason === 'before-change' ? detail.changedAt : undefined
  if (typeof earliest === 'number') return fromInstant(earliest)
  return reason === 'range' ? INSTANT_EXAMPLE : undefined
}

const INSTANTS = ['asked', 'now', 'changedAt']

function shown(name: string, value: unknown): unknown {
  const isInstant = INSTANTS.includes(name) && typeof value === 'number' && Math.abs(value) <= 8.64e15
  return isInstant ? fromInstant(value) : value
}
