import { type Static, Type } from '@sinclair/typebox'
import { MAX_CHECKPOINT_NAME_LENGTH } from '../core/model/checkpoint.ts'
import { door } from './door.ts'
import { Instant, Nothing, WorldId, WorldQuery } from './schemas.ts'

const Named = Type.Object({
  name: Type.String({
    expected: `a name of 1 to ${MAX_CHECKPOINT_NAME_LENGTH} characters`,
    examples: ['before-upgrade']
  })
})

export type Checkpoint = Static<typeof Checkpoint>
export const Checkpoint = Type.Object(
  {
    name: Type.String(),
    at: Type.String({ ...Instant, description: 'The world’s instant when it was saved.' }),
    savedAt: Type.String({ ...Instant, description: 'By the wall clock.' }),
    bytes: Type.Integer({ minimum: 0 })
  },
  { title: 'Checkpoint' }
)
export type Checkpoints = Static<typeof Checkpoints>
export const Checkpoints = Type.Array(Checkpoint, { description: 'The oldest first.' })

export type WorldCheckpoint = Static<typeof WorldCheckpoint>
/** A checkpoint, and the world that was saved or is as it was then. */
export const WorldCheckpoint = Type.Object(
  { world: Type.String(), ...Checkpoint.properties },
  { title: 'WorldCheckpoint' }
)

export type Restore = Static<typeof Restore>
/** Into another world, or into the one itself. */
export const Restore = Type.Object({ as: Type.Optional(WorldId) }, { title: 'Restore', additionalProperties: false })

export const listCheckpoints = door({
  name: 'listCheckpoints',
  method: 'GET',
  path: '/checkpoints',
  summary: 'List a world’s checkpoints.',
  about: 'world',
  request: { query: WorldQuery },
  answer: { status: 200, schema: Checkpoints },
  refusals: []
})

export const saveCheckpoint = door({
  name: 'saveCheckpoint',
  method: 'PUT',
  path: '/checkpoints/:name',
  summary: 'Save a world as it is, under a name; one of the same name is replaced.',
  about: 'world',
  request: { params: Named, query: WorldQuery, body: Nothing },
  answer: { status: 200, schema: WorldCheckpoint },
  refusals: [409]
})

export const dropCheckpoint = door({
  name: 'dropCheckpoint',
  method: 'DELETE',
  path: '/checkpoints/:name',
  summary: 'Drop a checkpoint.',
  about: 'world',
  request: { params: Named, query: WorldQuery },
  answer: { status: 204 },
  refusals: [404]
})

export const restoreCheckpoint = door({
  name: 'restoreCheckpoint',
  method: 'POST',
  path: '/checkpoints/:name/restore',
  summary: 'Go back to a checkpoint, or make another world of it.',
  notes: ['The clock goes on from that instant; the journal stays.'],
  about: 'world',
  request: { params: Named, query: WorldQuery, body: Restore },
  answer: { status: 200, schema: WorldCheckpoint },
  refusals: [404, 409]
})
