import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { volumeRefusal } from '../rules/states.ts'
import { page, unsaid } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown, volumeInState, why } from '../wire/reasons.ts'
import { Ids, NoBody, OptionalBoolean, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const attachAsp = operation({
  name: 'AttachAsp',
  summary: 'Bind volumes to a policy.',
  evidence: page('Mount ASP', '5.1.6'),
  route: { method: 'PUT', path: '/v2/asp/:aspId', selector: 'attach' },
  request: {
    params: ResourceParams.asp,
    query: TokenQuery,
    body: Type.Object({ volumeIds: Ids, deleteAutoSnapshot: OptionalBoolean })
  },
  response: NoBody,
  errors: ['Asp.VolumeTypeInvalid', 'Asp.VolumeStatusInvalid', 'BadRequest', 'ServiceInternalError', 'NoSuchObject'],
  reach: {
    'Asp.VolumeTypeInvalid': 'A volume of type Ephemeral, which only a seed makes.',
    'Asp.VolumeStatusInvalid': 'A volume that is not attached to an instance.',
    BadRequest: 'Leave out volumeIds, or send an empty list.',
    ServiceInternalError: 'Only by a fault.',
    NoSuchObject: 'An id that no policy, or no volume, has.'
  },
  wording: { BadRequest: { message: 'missing parameter.' } },
  notes: [
    statement('All volumes are checked first; on any failure nothing changes.', unsaid('5.1.6, Q11')),
    statement('A volume of another policy moves to this one.', unsaid('5.1.6, Q12')),
    statement('One of this policy stays.', unsaid('5.1.6'))
  ],
  run({ params, body, cloud, fail }) {
    if (body.volumeIds.length === 0) throw fail('BadRequest', why('body.volumeIds', 'Name at least one volume.'))
    const policy = cloud.findPolicy(params.aspId)
    if (!policy) throw fail('NoSuchObject', unknown('params.aspId', params.aspId))
    const volumes = [...new Set(body.volumeIds)].map((id) => {
      const volume = findVolume(cloud, id)
      if (!volume) throw fail('NoSuchObject', unknown('body.volumeIds', id))
      if (volume.kind !== 'Cds' && volume.kind !== 'System') {
        throw fail('Asp.VolumeTypeInvalid', why('body.volumeIds', `Volume ${id} is of type ${volume.kind}.`))
      }
      const refusal = volumeRefusal('AttachAsp', volume)
      if (refusal) throw fail(refusal, volumeInState('body.volumeIds', volume))
      return volume
    })
    const { deleteAutoSnapshot } = body
    for (const volume of volumes) {
      const marked =
        deleteAutoSnapshot === undefined ? volume : cloud.changeVolume(volume, { detail: { deleteAutoSnapshot } })
      if (marked.policyN !== policy.n) cloud.bindVolume(policy, marked)
    }
  }
})
