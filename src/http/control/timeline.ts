import type { FastifyInstance } from 'fastify'
import { DAY_MS } from '../../core/model/clock.ts'
import type { Lane, TimelinePart, TimelinePolicy, TimelineWindow } from '../../core/model/timeline.ts'
import { fromInstant, instantAt } from '../../documents/instants.ts'
import { inSlices } from '../../documents/slices.ts'
import { DAYS_AHEAD, DAYS_BACK, getTimeline, LANE_MARKS, LANES_LIMIT } from '../../doors/timeline.ts'
import { Problem } from '../problem.ts'
import { cloudsMeant } from './clouds.ts'
import type { ControlContext } from './index.ts'
import { look } from './input.ts'
import { listPieces } from './long-answers.ts'
import { serve } from './serve.ts'
import { shownClock } from './time.ts'

/** Snapshots and parts; more are sent in pieces. */
const MANY = 2000

/** Volumes through time. Answered at any time, also while an advance is under way. */
export function timeline(app: FastifyInstance, context: ControlContext): void {
  serve(app, getTimeline, (request, reply) => {
    const { from, to, provider, text, offset = 0, limit = LANES_LIMIT, marks = LANE_MARKS } = request.query
    // Refuses a cloud that there is not.
    cloudsMeant(context, provider)
    return look(context, request, async (world) => {
      const now = world.now()
      const window: TimelineWindow = {
        from: from === undefined ? now - DAYS_BACK * DAY_MS : instantAt(from),
        to: to === undefined ? now + DAYS_AHEAD * DAY_MS : instantAt(to),
        provider,
        text,
        offset,
        limit,
        marks
      }
      if (window.to <= window.from) {
        throw new Problem(400, 'from must lie before to.', {
          field: 'to',
          value: fromInstant(window.to),
          example: fromInstant(window.from + DAY_MS)
        })
      }
      const { total, lanes, policies } = await inSlices(world.timeline(window))
      const partMs = (window.to - window.from) / marks
      const head = {
        world: world.id,
        ...shownClock(world.clock()),
        from: fromInstant(window.from),
        to: fromInstant(window.to),
        total,
        partMs,
        policies: policies.map(shownPolicy)
      }
      const shown = lanes.map((lane) => () => shownLane(lane, window.from, partMs))
      if (sizeOf(lanes) < MANY) return { ...head, lanes: shown.map((lane) => lane()) }
      return context.longAnswers.send(reply, 'application/json; charset=utf-8', async () => ({
        pieces: listPieces(head, 'lanes', each(shown))
      }))
    })
  })
}

function sizeOf(lanes: readonly Lane[]): number {
  return lanes.reduce((sum, { snapshots = [], parts = [] }) => sum + snapshots.length + parts.length, 0)
}

/** Made when it is sent. */
function* each<T>(made: readonly (() => T)[]): Generator<T, void> {
  for (const make of made) yield make()
}

function shownLane({ snapshots, parts, createdAt, goneAt, ...lane }: Lane, from: number, partMs: number) {
  return {
    ...lane,
    createdAt: fromInstant(createdAt),
    goneAt: orNull(goneAt),
    ...(snapshots && {
      snapshots: snapshots.map(({ at, expiresAt, ...snapshot }) => ({
        ...snapshot,
        at: fromInstant(at),
        expiresAt: orNull(expiresAt)
      }))
    }),
    ...(parts && { parts: parts.map((part) => shownPart(part, from, partMs)) })
  }
}

function shownPart({ part, count, automatic, odd, until }: TimelinePart, from: number, partMs: number) {
  return {
    at: part < 0 ? null : fromInstant(Math.round(from + part * partMs)),
    count,
    automatic,
    odd,
    until: orNull(until)
  }
}

function shownPolicy({ past, next, ...policy }: TimelinePolicy) {
  return {
    ...policy,
    past: past.map(({ at, ...occurrence }) => ({ at: fromInstant(at), ...occurrence })),
    next: next.map(fromInstant)
  }
}

function orNull(at: number | null): string | null {
  return at === null ? null : fromInstant(at)
}
