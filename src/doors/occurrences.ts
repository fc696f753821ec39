import { type Static, Type } from '@sinclair/typebox'
import { door } from './door.ts'
import { Instant, WorldQuery } from './schemas.ts'

export const OCCURRENCES_LIMIT = 20

const Count = Type.Integer({ minimum: 0 })
const Past = Type.Object({
  at: Instant,
  made: Count,
  snapshots: Type.Array(Type.String(), { description: 'Those that it made and that are still there.' }),
  skipped: Type.Array(
    Type.Object({
      reason: Type.String(),
      count: Count,
      volumes: Type.Array(Type.String(), { description: 'The first of them.' })
    }),
    { description: 'Volumes that were passed over.' }
  )
})
const Next = Type.Object({
  at: Instant,
  volumes: Type.Integer({ minimum: 0, description: 'How many are bound now.' })
})

export type Occurrences = Static<typeof Occurrences>
export const Occurrences = Type.Object(
  {
    world: Type.String(),
    provider: Type.String(),
    policy: Type.String(),
    deleted: Type.Boolean(),
    now: Instant,
    past: Type.Array(Past, { description: 'The oldest first.' }),
    next: Type.Array(Next, { description: 'What will come if nothing changes.' })
  },
  { title: 'Occurrences' }
)

export type OccurrencesQuery = Static<typeof OccurrencesQuery>
export const OccurrencesQuery = Type.Object(
  {
    ...WorldQuery.properties,
    after: Type.Optional(Instant),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, examples: [OCCURRENCES_LIMIT] }))
  },
  { additionalProperties: false }
)

export const listOccurrences = door({
  name: 'listOccurrences',
  method: 'GET',
  path: '/:provider/policies/:id/occurrences',
  summary: 'Tell what a policy did, with reasons, and what it will do.',
  notes: [`Without limit, ${OCCURRENCES_LIMIT} of each are told; without after, the newest of the past.`],
  about: 'world',
  request: {
    params: Type.Object({ provider: Type.String({ examples: ['baidu'] }), id: Type.String() }),
    query: OccurrencesQuery
  },
  answer: { status: 200, schema: Occurrences },
  refusals: [404]
})
