import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { page, unsaid, usual } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown, why } from '../wire/reasons.ts'
import { Description, NoBody, OptionalBoolean, OptionalName, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const modifyCdsAttribute = operation({
  name: 'ModifyCdsAttribute',
  summary: "Change a volume's name, description or switches.",
  evidence: page('Modify CDS attributes', '5.3.9'),
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
    BadRequest: statement('No member at all; a name that begins with a digit.', usual('3.2')),
    NoSuchObject: statement('An id that no volume has.', unsaid('5.3.9'))
  },
  notes: [
    statement('A member that is missing keeps its value.', page('Modify CDS attributes', '5.3.9')),
    statement('So does one that is empty.', unsaid('5.3.9')),
    statement('The switches alone are enough.', unsaid('5.3.9'))
  ],
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
