import { type Static, Type } from '@sinclair/typebox'
import { clockMembers } from './clock.ts'
import { door } from './door.ts'
import { NoQuery, Nothing, WorldId, WorldQuery } from './schemas.ts'

const OneWorld = Type.Object({ id: WorldId })

export type WorldSummary = Static<typeof WorldSummary>
export const WorldSummary = Type.Object(
  {
    id: Type.String(),
    ...clockMembers,
    calls: Type.Integer({ minimum: 0, description: 'How many calls of the clouds it has had.' }),
    keep: Type.Boolean({ description: 'Whether --max-worlds passes it over.' }),
    damaged: Type.Optional(
      Type.Object(
        { file: Type.String(), reason: Type.String() },
        { description: 'Why it is not served. Its clock is not known then, and the wall clock’s is told.' }
      )
    )
  },
  { title: 'WorldSummary' }
)
export type Worlds = Static<typeof Worlds>
export const Worlds = Type.Array(WorldSummary)

export type Keep = Static<typeof Keep>
export const Keep = Type.Object(
  { keep: Type.Boolean({ examples: [true] }) },
  { title: 'Keep', additionalProperties: false }
)

export type ResetReport = Static<typeof ResetReport>
export const ResetReport = Type.Object(
  {
    worlds: Type.Array(Type.String()),
    failed: Type.Optional(Type.Array(Type.Object({ world: Type.String(), reason: Type.String() }), { minItems: 1 }))
  },
  { title: 'ResetReport' }
)

export const listWorlds = door({
  name: 'listWorlds',
  method: 'GET',
  path: '/worlds',
  summary: 'List the worlds that there are.',
  about: 'server',
  request: { query: NoQuery },
  answer: { status: 200, schema: Worlds },
  refusals: []
})

export const keepWorld = door({
  name: 'keepWorld',
  method: 'PUT',
  path: '/worlds/:id',
  summary: 'Keep a world, whatever --max-worlds says, or keep it no longer.',
  notes: ['A world that is not there comes into being.'],
  about: 'server',
  request: { params: OneWorld, query: NoQuery, body: Keep },
  answer: { status: 200, schema: WorldSummary },
  refusals: []
})

export const deleteWorld = door({
  name: 'deleteWorld',
  method: 'DELETE',
  path: '/worlds/:id',
  summary: 'Forget a world.',
  about: 'server',
  request: { params: OneWorld, query: NoQuery },
  answer: { status: 204 },
  refusals: [404]
})

export const resetWorlds = door({
  name: 'resetWorlds',
  method: 'POST',
  path: '/reset',
  summary: 'Put a world back to its starter seed, and empty its journal.',
  notes: ['One that is not there is as new already, and none comes into being.'],
  about: 'worlds',
  request: { query: WorldQuery, body: Nothing },
  answer: { status: 200, schema: ResetReport },
  refusals: []
})
