import { type Static, Type } from '@sinclair/typebox'
import { clockMembers } from './clock.ts'
import { door } from './door.ts'
import { Instant, ProviderName, WorldQuery } from './schemas.ts'

export const LANES_LIMIT = 50
export const LANE_MARKS = 200
/** Without from and to: so many days before the world's instant, and after it. */
export const DAYS_BACK = 30
export const DAYS_AHEAD = 7

const Count = Type.Integer({ minimum: 0 })

const LaneSnapshot = Type.Object({
  id: Type.String(),
  at: Instant,
  expiresAt: Type.Union([Instant, Type.Null()], { description: 'null: kept for ever.' }),
  origin: Type.Union([Type.Literal('manual'), Type.Literal('policy'), Type.Literal('copy')]),
  state: Type.String({ examples: ['available'] })
})
const LanePart = Type.Object({
  at: Type.Union([Instant, Type.Null()], {
    description: 'Where the part begins; null: before the window, and still there.'
  }),
  count: Count,
  automatic: Type.Integer({ minimum: 0, description: 'How many of them a policy made.' }),
  odd: Type.Integer({ minimum: 0, description: 'How many of them are not available: creating, failed, …' }),
  until: Type.Union([Instant, Type.Null()], { description: 'The last of them expires then; null: one never does.' })
})
const Lane = Type.Object({
  provider: Type.String(),
  id: Type.String(),
  name: Type.String(),
  kind: Type.String({ description: 'System or data disk, in the cloud’s word.' }),
  createdAt: Instant,
  goneAt: Type.Union([Instant, Type.Null()], { description: 'It is gone, and snapshots of it are there still.' }),
  activity: Type.String({ examples: ['idle'] }),
  policy: Type.Union([Type.String(), Type.Null()], { description: 'The id of the policy that it is bound to.' }),
  snapshots: Type.Optional(Type.Array(LaneSnapshot, { description: 'The oldest first.' })),
  parts: Type.Optional(
    Type.Array(LanePart, { description: 'In place of more snapshots than `marks`: how many there are in each part.' })
  )
})
const LanePolicy = Type.Object({
  provider: Type.String(),
  id: Type.String(),
  name: Type.String(),
  past: Type.Array(
    Type.Object({
      at: Instant,
      made: Count,
      skipped: Type.Array(Type.Object({ reason: Type.String(), count: Count, volumes: Type.Array(Type.String()) }))
    }),
    { description: 'What it did, the oldest first.' }
  ),
  next: Type.Array(Instant, { description: 'When it fires, if nothing changes.' }),
  more: Type.Boolean({ description: 'Whether it fires more often than is told.' })
})

export type Timeline = Static<typeof Timeline>
/** Volumes through time: a lane for each, with the snapshots that are there within a window. */
export const Timeline = Type.Object(
  {
    world: Type.String(),
    ...clockMembers,
    from: Instant,
    to: Instant,
    total: Type.Integer({ minimum: 0, description: 'How many lanes there are.' }),
    partMs: Type.Number({ minimum: 0, description: 'How long a part of a lane is.' }),
    policies: Type.Array(LanePolicy, { description: 'Those that the lanes are bound to.' }),
    lanes: Type.Array(Lane, { description: 'In the order in which the volumes were made.' })
  },
  { title: 'Timeline' }
)

export type TimelineQuery = Static<typeof TimelineQuery>
export const TimelineQuery = Type.Object(
  {
    ...WorldQuery.properties,
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    provider: Type.Optional(ProviderName),
    text: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Stands in the volume’s id or name, in whatever case.',
        examples: ['data']
      })
    ),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000, examples: [0] })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, examples: [LANES_LIMIT] })),
    marks: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 400,
        description: 'A lane with more snapshots in the window tells how many there are in each of so many parts.',
        examples: [LANE_MARKS]
      })
    )
  },
  { additionalProperties: false }
)

export const getTimeline = door({
  name: 'getTimeline',
  method: 'GET',
  path: '/timeline',
  summary:
    'Show disks and volumes through time: snapshots, until when they are kept, and what policies did and will do.',
  notes: [
    'Answered at any time, also while an advance is under way: each lane is true of one instant.',
    `Without from and to, from ${DAYS_BACK} days before the world’s instant to ${DAYS_AHEAD} days after it. Without limit, ${LANES_LIMIT} lanes; without marks, ${LANE_MARKS}.`
  ],
  about: 'world',
  request: { query: TimelineQuery },
  answer: { status: 200, schema: Timeline, isLong: true },
  refusals: []
})
