import { type Static, Type } from '@sinclair/typebox'
import { door } from './door.ts'
import { Duration, Instant, Nothing, Tally, WorldQuery } from './schemas.ts'

const Mode = Type.Union([Type.Literal('system'), Type.Literal('manual')], { examples: ['manual'] })

/** What every answer says that shows a clock. */
export const clockMembers = {
  mode: Mode,
  now: Instant,
  advancing: Type.Optional(
    Type.Object(
      { to: Instant, at: Instant },
      { description: 'An advance that is under way: where to, and how far it is.' }
    )
  )
}

export type Clock = Static<typeof Clock>
export const Clock = Type.Object({ world: Type.String(), ...clockMembers }, { title: 'Clock' })

export type NextEvent = Static<typeof NextEvent>
/** What will happen next in a world. */
export const NextEvent = Type.Object(
  {
    at: Instant,
    kind: Type.Union([Type.Literal('completes'), Type.Literal('expires'), Type.Literal('fires')]),
    subject: Type.String({ description: 'The id of the volume, snapshot, instance or policy.' })
  },
  { title: 'NextEvent' }
)

export type AdvanceReport = Static<typeof AdvanceReport>
export const AdvanceReport = Type.Object(
  {
    world: Type.String(),
    from: Instant,
    to: Instant,
    firings: Type.Integer({ minimum: 0, description: 'One for each policy and instant with at least one volume.' }),
    snapshotsCreated: Type.Integer({ minimum: 0 }),
    snapshotsExpired: Type.Integer({ minimum: 0 }),
    completed: Type.Integer({ minimum: 0 }),
    skipped: Tally,
    next: Type.Union([NextEvent, Type.Null()])
  },
  { title: 'AdvanceReport' }
)

export type ClockChange = Static<typeof ClockChange>
export const ClockChange = Type.Object(
  { mode: Type.Optional(Mode), now: Type.Optional(Instant) },
  { title: 'ClockChange', additionalProperties: false }
)

export type Advance = Static<typeof Advance>
/** One of the three. */
export const Advance = Type.Object(
  {
    by: Type.Optional(Duration),
    to: Type.Optional(Instant),
    toNext: Type.Optional(Type.Literal(true, { examples: [true] }))
  },
  { title: 'Advance', additionalProperties: false, examples: [{ by: 'P7D' }] }
)

export const getClock = door({
  name: 'getClock',
  method: 'GET',
  path: '/clock',
  summary: 'Read a world’s clock.',
  notes: ['Answered at any time, also while an advance is under way.'],
  about: 'world',
  request: { query: WorldQuery },
  answer: { status: 200, schema: Clock },
  refusals: []
})

export const setClock = door({
  name: 'setClock',
  method: 'PUT',
  path: '/clock',
  summary: 'Set a world’s clock: its mode, its instant, or both.',
  about: 'world',
  request: { query: WorldQuery, body: ClockChange },
  answer: { status: 200, schema: Clock },
  refusals: [409]
})

export const advanceClock = door({
  name: 'advanceClock',
  method: 'POST',
  path: '/clock/advance',
  summary: 'Let a world’s time pass: by a duration, to an instant, or to the next event.',
  notes: ['It is answered when all that fell due is done. Who hangs up does not stop it.'],
  about: 'world',
  request: { query: WorldQuery, body: Advance },
  answer: { status: 200, schema: AdvanceReport },
  refusals: [409]
})

export type AdvanceStop = Static<typeof AdvanceStop>
export const AdvanceStop = Type.Object(
  {
    ...Clock.properties,
    stopped: Type.Boolean({
      description: 'Whether there was an advance under way. What it had done until then stands.'
    })
  },
  { title: 'AdvanceStop' }
)

export const stopAdvance = door({
  name: 'stopAdvance',
  method: 'POST',
  path: '/clock/stop',
  summary: 'Stop an advance that is under way.',
  notes: ['It ends at the instant that it has come to, and is answered with 409. One that waits for its turn goes on.'],
  about: 'world',
  request: { query: WorldQuery, body: Nothing },
  answer: { status: 200, schema: AdvanceStop },
  refusals: []
})
