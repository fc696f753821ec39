import { type Static, Type } from '@sinclair/typebox'
import { door } from './door.ts'
import { RequestSummary } from './requests.ts'
import { Instant, ProviderName, WorldQuery } from './schemas.ts'

/** So long a body is that the journal keeps whole. */
export const EXPECTED_BODY_MAX = 16 * 1024
export const WITHIN_MS_MAX = 60_000
/** Of the calls that were found, so many are told, and of those that were nearly it. */
export const EXPECTED_LISTED = 100
export const MISSES_LISTED = 5

const Name = Type.String({ minLength: 1, maxLength: 1000 })
const Count = Type.Integer({ minimum: 0, maximum: 1_000_000, examples: [1] })

export type Expectation = Static<typeof Expectation>
/** Calls that there should be, and how many of them: at least one where nothing else is said. */
export const Expectation = Type.Object(
  {
    operation: Type.String({
      ...Name,
      description: 'Its name, or * for any.',
      examples: ['CreateSnapshot']
    }),
    provider: Type.Optional(ProviderName),
    resource: Type.Optional(
      Type.String({ ...Name, description: 'An id in the path, the body or the answer.', examples: ['v-Starter2'] })
    ),
    status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599, examples: [200] })),
    code: Type.Optional(Type.String({ ...Name, examples: ['INVALID_DISK_NOT_FOUND'] })),
    body: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description:
          'What the JSON that was sent holds: more members may be there; lists have as many items, in the same order.',
        examples: [{ snapshotName: 'nightly' }]
      })
    ),
    times: Type.Optional(Type.Integer({ ...Count, description: 'So many, neither more nor less.' })),
    atLeast: Type.Optional(Count),
    atMost: Type.Optional(Count),
    after: Type.Optional(Type.String({ ...Instant, description: 'Not before this instant of the world.' })),
    withinMs: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: WITHIN_MS_MAX,
        description: 'So long it is waited for, by the wall clock.',
        examples: [5000]
      })
    )
  },
  {
    title: 'Expectation',
    additionalProperties: false,
    examples: [{ operation: 'CreateSnapshot', status: 200, times: 1 }]
  }
)

export type Expected = Static<typeof Expected>
export const Expected = Type.Object(
  {
    world: Type.String(),
    count: Type.Integer({ minimum: 0, description: 'How many such calls there were.' }),
    requests: Type.Array(RequestSummary, { description: `The newest first, ${EXPECTED_LISTED} of them at most.` })
  },
  { title: 'Expected' }
)

export type Miss = Static<typeof Miss>
/** A call that was nearly one of those that were expected. */
export const Miss = Type.Object(
  {
    request: RequestSummary,
    differences: Type.Array(
      Type.Object({
        member: Type.String({ description: 'Of what was expected: `status`, `body.diskId`.' }),
        expected: Type.Unknown(),
        actual: Type.Optional(Type.Unknown({ description: 'Absent: it has no such member.' })),
        reason: Type.Optional(Type.String({ description: 'Why it cannot be told.' }))
      })
    )
  },
  { title: 'Miss' }
)

export type Unmet = Static<typeof Unmet>
/** What problem details say besides, where the journal does not hold what was expected. */
export const Unmet = Type.Object(
  {
    world: Type.String(),
    count: Type.Integer({ minimum: 0 }),
    requests: Type.Array(RequestSummary),
    misses: Type.Array(Miss, { description: `The nearest first, ${MISSES_LISTED} of them at most.` }),
    reason: Type.Optional(Type.Literal('stopped', { description: 'The server ended before it was known.' }))
  },
  { title: 'Unmet' }
)

export const expectRequests = door({
  name: 'expectRequests',
  method: 'POST',
  path: '/requests/expect',
  summary: 'Tell whether the journal holds such calls, or wait until it does.',
  notes: [
    'Where it does not, 409 says how many there were and which calls were nearly it, each with what differs.',
    'With withinMs, atLeast and times are answered as soon as so many are there, and times and atMost are refused as soon as there are more; that there are at most so many, or none, is known when the time is over.',
    'Of a body that is longer than the journal keeps nothing can be expected.'
  ],
  about: 'worlds',
  request: { query: WorldQuery, body: Expectation },
  answer: { status: 200, schema: Expected },
  refusals: [409]
})
