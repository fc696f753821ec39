import { type Static, Type } from '@sinclair/typebox'
import { clockMembers } from './clock.ts'
import { door } from './door.ts'
import { MoveId } from './moves.ts'
import { Instant, WorldQuery } from './schemas.ts'

export type State = Static<typeof State>
/** A seed of all that the world holds, a section for each cloud, and in `internal` every row as it is. */
export const State = Type.Object(
  {
    settings: Type.Record(Type.String(), Type.Unknown()),
    faults: Type.Optional(Type.Array(Type.Unknown(), { description: 'The world’s own rules for what goes wrong.' })),
    clock: Type.Object({ mode: clockMembers.mode, at: Instant }),
    internal: Type.Object({
      format: Type.Integer(),
      digest: Type.String(),
      rowsDigest: Type.Optional(Type.String()),
      tables: Type.Array(
        Type.Object({
          name: Type.String(),
          columns: Type.Array(Type.String()),
          rows: Type.Array(Type.Array(Type.Unknown()))
        })
      )
    })
  },
  { title: 'State', additionalProperties: Type.Record(Type.String(), Type.Array(Type.Unknown())) }
)

export type ImportReport = Static<typeof ImportReport>
export const ImportReport = Type.Object(
  {
    world: Type.String(),
    exact: Type.Boolean({ description: 'true: the very world that was exported; false: planted as a seed.' }),
    ...clockMembers
  },
  { title: 'ImportReport' }
)

export const exportState = door({
  name: 'exportState',
  method: 'GET',
  path: '/state',
  summary: 'Export all that a world holds, as JSON, or as YAML where that is accepted.',
  about: 'world',
  isServedMoved: true,
  request: { query: WorldQuery },
  answer: { status: 200, schema: State, isLong: true, orText: 'application/yaml' },
  refusals: []
})

export const importState = door({
  name: 'importState',
  method: 'PUT',
  path: '/state',
  summary: 'Put a seed or an export, JSON or YAML, in place of all that a world holds.',
  notes: ['With move, of a world that is to come by it: nobody else can put one in its place.'],
  about: 'world',
  isServedMoved: true,
  request: {
    query: Type.Object({ ...WorldQuery.properties, move: Type.Optional(MoveId) }, { additionalProperties: false }),
    text: { types: ['application/json', 'application/yaml'], bytesMax: 256 * 1024 ** 2 }
  },
  answer: { status: 200, schema: ImportReport },
  refusals: [409]
})
