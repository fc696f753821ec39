import { type Static, Type } from '@sinclair/typebox'
import { door } from './door.ts'
import { WorldQuery } from './schemas.ts'

const Value = Type.Union([Type.Boolean(), Type.Number(), Type.String(), Type.Null()])

export type Setting = Static<typeof Setting>
export const Setting = Type.Object(
  {
    name: Type.String(),
    value: Value,
    default: Value,
    description: Type.String(),
    source: Type.String()
  },
  { title: 'Setting' }
)
export type Settings = Static<typeof Settings>
export const Settings = Type.Array(Setting)

export type SettingsPatch = Static<typeof SettingsPatch>
/** Name to value; null: back to the default. */
export const SettingsPatch = Type.Record(Type.String(), Type.Unknown(), {
  examples: [{ 'zenlayer.snapshotQuota': 2 }]
})

export const getSettings = door({
  name: 'getSettings',
  method: 'GET',
  path: '/settings',
  summary: 'Tell every setting of a world, with its default and where it comes from.',
  about: 'world',
  request: { query: WorldQuery },
  answer: { status: 200, schema: Settings },
  refusals: []
})

export const changeSettings = door({
  name: 'changeSettings',
  method: 'PATCH',
  path: '/settings',
  summary: 'Change some settings of a world: all of what is sent, or nothing.',
  about: 'world',
  request: { query: WorldQuery, body: SettingsPatch },
  answer: { status: 200, schema: Settings },
  refusals: []
})
