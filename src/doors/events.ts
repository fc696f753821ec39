import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { EVENT_TYPES } from '../core/model/events.ts'
import { clockMembers } from './clock.ts'
import { door } from './door.ts'
import { RequestSummary } from './requests.ts'
import { Instant, Tally, WorldId } from './schemas.ts'

const World = Type.String()
const About = {
  at: Instant,
  provider: Type.String(),
  what: Type.Union([
    Type.Literal('volume'),
    Type.Literal('snapshot'),
    Type.Literal('instance'),
    Type.Literal('policy')
  ]),
  subject: Type.String({ description: 'Its id.' })
}
const Count = Type.Integer({ minimum: 0 })
function event<const Name extends string, P extends TProperties>(type: Name, members: P, description: string) {
  return Type.Object({ type: Type.Literal(type), ...members }, { description })
}

export type Event = Static<typeof Event>
/** What happened, at an instant of the world’s clock. */
export const Event = Type.Union([
  event('request', RequestSummary.properties, 'A call of a cloud was answered: its journal entry, shortened.'),
  event(
    'fired',
    { world: World, ...About, made: Count, skipped: Tally },
    'A policy’s instant came: how many snapshots it made, and how many volumes it passed over, by reason.'
  ),
  event(
    'created',
    {
      world: World,
      ...About,
      state: Type.String(),
      volume: Type.Optional(Type.String({ description: 'Of a snapshot: what it was made of.' })),
      policy: Type.Optional(Type.String({ description: 'Of a snapshot: which policy made it.' }))
    },
    'A resource is there now; with a delay of 0 it is complete already.'
  ),
  event(
    'completed',
    { world: World, ...About, was: Type.String(), state: Type.String({ description: '`gone` is one, too.' }) },
    'What took its time has ended.'
  ),
  event('expired', { world: World, ...About, volume: Type.Optional(Type.String()) }, 'A snapshot’s time is over.'),
  event(
    'skipped',
    { world: World, ...About, policy: Type.String(), reason: Type.String() },
    'A firing passed over this volume.'
  ),
  event(
    'clock',
    { world: World, at: Instant, ...clockMembers },
    'The clock was set, or an advance moves it: told now and then, and at its end.'
  ),
  event(
    'fault',
    {
      world: World,
      at: Instant,
      provider: Type.String(),
      operation: Type.String(),
      request: Type.String({ description: 'The request id of the call.' }),
      fault: Type.String({ description: 'The id of the rule.' }),
      outcome: Type.String({ description: 'What it did: error, status, connection, outcome or delayMs.' })
    },
    'A fault did something to a call.'
  ),
  event(
    'replaced',
    {
      world: World,
      at: Instant,
      why: Type.Union(
        (['reset', 'restored', 'forked', 'imported', 'deleted', 'moved'] as const).map((why) => Type.Literal(why))
      ),
      checkpoint: Type.Optional(Type.String({ description: 'Which one was restored.' }))
    },
    'The world has another state now, or is no more: what a reader knew of it is void.'
  ),
  event(
    'missed',
    { world: World, count: Type.Union([Count, Type.Null()], { description: 'null: nobody counted them.' }) },
    'Events that were asked for are no longer kept: the reader was too slow, or away for too long.'
  )
])

export const EVENT_ID = '^[0-9a-z]{1,16}-\\d{1,15}$'
export const EVENT_ID_EXAMPLE = 'mijzq8s4-17'

export type EventsQuery = Static<typeof EventsQuery>
export const EventsQuery = Type.Object(
  {
    world: Type.Optional(WorldId),
    types: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: `Only these, separated by commas: ${EVENT_TYPES.join(', ')}.`,
        examples: ['request,fired']
      })
    ),
    lastEventId: Type.Optional(
      Type.String({
        pattern: EVENT_ID,
        expected: 'the id of an event',
        description: 'For who cannot set the header Last-Event-ID, which goes before.',
        examples: [EVENT_ID_EXAMPLE]
      })
    )
  },
  { additionalProperties: false }
)

/** What a browser sends by itself when it comes back. */
const EventsHeaders = Type.Object({
  'Last-Event-ID': Type.Optional(
    Type.String({
      pattern: EVENT_ID,
      description: 'The last event that was read: what came after it is told first.',
      examples: [EVENT_ID_EXAMPLE]
    })
  )
})

export const readEvents = door({
  name: 'readEvents',
  method: 'GET',
  path: '/events',
  summary: 'Tell what happens, live, as server-sent events: calls of the clouds, and what time does.',
  notes: [
    'Each event is named by its type, and its data is one line of JSON.',
    'With the header Last-Event-ID, or lastEventId, it goes on after that event. Events are kept from the first reader on, until a minute after the last one left, a few thousand of them; where some are gone, `missed` says how many.',
    'A reader that is slow never holds the server up, and is told how many it missed.'
  ],
  about: 'worlds',
  request: { query: EventsQuery, headers: EventsHeaders },
  answer: { status: 200, text: 'text/event-stream; charset=utf-8', isLong: true, event: Event },
  refusals: []
})
