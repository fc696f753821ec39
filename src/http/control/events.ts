import type { FastifyInstance } from 'fastify'
import { EVENT_TYPES, type EventType } from '../../core/model/events.ts'
import { EVENT_ID, EVENT_ID_EXAMPLE, readEvents } from '../../doors/events.ts'
import { Problem } from '../problem.ts'
import type { ControlContext } from './index.ts'
import { unknownValue, worldIdOf } from './input.ts'
import { serve } from './serve.ts'

/** What happens, live: of one world, or of all. Looking on makes no world. */
export function events(app: FastifyInstance, context: ControlContext): void {
  serve(app, readEvents, (request, reply) => {
    const { types, lastEventId } = request.query
    return context.eventStreams.send(reply, {
      world: worldIdOf(request),
      types: typesIn(types),
      after: lastOf(request.headers['last-event-id']) ?? lastEventId,
      headersOnly: context.heads.has(request.raw)
    })
  })
}

function typesIn(list: string | undefined): ReadonlySet<EventType> {
  if (list === undefined) return new Set(EVENT_TYPES)
  return new Set(
    list.split(',').map((name) => {
      const type = EVENT_TYPES.find((each) => each === name.trim())
      if (type === undefined) throw unknownValue('types', name, EVENT_TYPES)
      return type
    })
  )
}

const eventId = new RegExp(EVENT_ID)

/** What a browser sends by itself when it comes back. */
function lastOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined || header === '') return undefined
  if (typeof header === 'string' && eventId.test(header)) return header
  throw new Problem(400, 'Last-Event-ID is not the id of an event.', {
    field: 'Last-Event-ID',
    value: header,
    example: EVENT_ID_EXAMPLE
  })
}
