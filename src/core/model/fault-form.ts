import { type Static, Type } from '@sinclair/typebox'

const FAULT_ID_LENGTH_MAX = 128
/** Every call is held against every rule. */
export const FAULTS_MAX = 100
/** Of one rule as JSON: an answer of one's own may be long, but is kept in every checkpoint. */
export const FAULT_BYTES_MAX = 64 * 1024
/** Longer than any client waits. */
export const DELAY_MS_MAX = 600_000

const closed = { additionalProperties: false }
const COUNT_MAX = 1_000_000_000
const members = (what: string, example: object) =>
  Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      expected: `an object with members of the ${what} as the operation reads them`,
      examples: [example]
    })
  )

/** Which calls are met: all that is named must be there. Of an object the named members, of a list the named items. */
const When = Type.Object(
  {
    body: members('body', { diskId: '1700000000000000102' }),
    query: members('query', { volumeId: 'v-Starter2' }),
    params: members('path', { snapshotId: 's-1' }),
    resource: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 256,
        expected: 'the id of a resource that the call names in its path, query or body',
        examples: ['v-Starter2']
      })
    )
  },
  { ...closed, examples: [{ body: { diskId: '1700000000000000102' } }] }
)

const Rate = Type.Object(
  {
    requests: Type.Integer({ minimum: 0, maximum: COUNT_MAX, examples: [5] }),
    perSeconds: Type.Integer({ minimum: 1, maximum: 86_400, examples: [1] })
  },
  { ...closed, examples: [{ requests: 5, perSeconds: 1 }] }
)

export const CONNECTIONS = ['reset', 'close-early', 'hang'] as const
const Connection = Type.Union(CONNECTIONS.map((each) => Type.Literal(each)))

/** What happens then. */
const Then = Type.Object(
  {
    error: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: 'A code of the cloud.', examples: ['InternalError'] })
    ),
    delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: DELAY_MS_MAX, examples: [500] })),
    status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599, examples: [502] })),
    body: Type.Optional(
      Type.Unknown({ description: 'Beside status: a text is sent as it is, anything else as JSON.' })
    ),
    connection: Type.Optional({ ...Connection, examples: ['reset'] }),
    outcome: Type.Optional(
      Type.Literal('fails', {
        description: 'The call succeeds; what it makes ends in the cloud’s failed state.',
        examples: ['fails']
      })
    ),
    rate: Type.Optional({
      ...Rate,
      description: 'Lets so many calls through in so many seconds of the world’s clock; acts beyond.'
    }),
    after: Type.Optional(
      Type.Boolean({ description: 'The work is done first; only the answer is late, lost or another one.' })
    )
  },
  { ...closed, examples: [{ error: 'InternalError' }] }
)

const MEMBERS = {
  provider: Type.Optional(
    Type.String({ description: 'A cloud, or * for every one, which is the default.', examples: ['zenlayer'] })
  ),
  operation: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 128,
      description: 'An operation, * for every one, which is the default, or a beginning such as Describe*.',
      examples: ['CreateSnapshot']
    })
  ),
  when: Type.Optional(When),
  skip: Type.Optional(
    Type.Integer({ minimum: 0, maximum: COUNT_MAX, description: 'So many calls it lets go first.', examples: [1] })
  ),
  times: Type.Optional(
    Type.Integer({ minimum: 1, maximum: COUNT_MAX, description: 'So often it acts; without, always.', examples: [2] })
  ),
  probability: Type.Optional(
    Type.Number({ minimum: 0, maximum: 1, description: 'Drawn from the world’s own sequence.', examples: [0.5] })
  ),
  enabled: Type.Optional(Type.Boolean({ description: 'false: it is there, but meets nothing.', examples: [true] })),
  then: Then
}

export const FaultId = Type.String({
  minLength: 1,
  maxLength: FAULT_ID_LENGTH_MAX,
  expected: `a name of 1 to ${FAULT_ID_LENGTH_MAX} characters`,
  examples: ['quota']
})
/** A rule as it is sent: its id stands in the path, and may stand here, too. */
export const FaultBody = Type.Object(
  { id: Type.Optional(FaultId), ...MEMBERS },
  { ...closed, examples: [{ operation: 'CreateSnapshot', times: 2, then: { delayMs: 500 } }] }
)
/** A rule as it is kept, and as a seed names it. */
export const FaultForm = Type.Object({ id: FaultId, ...MEMBERS }, closed)

export type FaultConnection = (typeof CONNECTIONS)[number]
type Form = Static<typeof FaultForm>
type Deep<T> = T extends object ? { readonly [M in keyof T]: Deep<T[M]> } : T
/** A named rule: which calls it meets, how often it acts, and what happens then. */
export type FaultRule = Deep<Omit<Form, 'then'>> & { readonly then: FaultOutcome }
export type FaultOutcome = Deep<Omit<Form['then'], 'connection'>> & {
  readonly connection?: FaultConnection | undefined
}
