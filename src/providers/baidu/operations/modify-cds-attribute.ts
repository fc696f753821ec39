import { Type } from '@sinclair/typebox'
import { findVolume } from '../wire/lookups.ts'
import { unknown, why } from '../wire/reasons.ts'
import { Description, NoBody, OptionalBoolean, OptionalName, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const modifyCdsAttribute = operation({
  name: 'ModifyCdsAttribute',
  summary: "Change a volume's name, description or switches.",
  source: 'page Modify CDS attributes (baidu.md 5.3.9)',
  route: { method: 'PUT', path: '/v2/volume/:volumeId', selector: 'modify' },
  request: {
    params: ResourceParams.volume,
    query: TokenQuery,
    body: Type.Object({
      cdsName: OptionalName,
      desc: Type.Optional({ ...Description, emptyIsAbsent: true }),
      deleteWithInstance: OptionalBoolean,
      deleteAutoSnapshot: OptionalBoolean
    })
  },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: 'No member at all; a name that begins with a digit.',
    NoSuchObject: 'An id that no volume has (proposed).'
  },
  notes: ['A member that is missing or empty keeps its value. The switches alone are enough (proposed).'],
  run({ params, body, cloud, fail }) {
    const { cdsName, desc, deleteWithInstance, deleteAutoSnapshot } = body
    if ([cdsName, desc, deleteWithInstance, deleteAutoSnapshot].every((value) => value === undefined)) {
      throw fail('BadRequest', why('body', 'Give at least one member.'))
    }
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    cloud.changeVolume(volume, {
      name: cdsName,
      detail: {
        description: desc,
        deleteWithInstance,
        deleteAutoSnapshot
      }
    })
  }
})
