import { Type } from '@sinclair/typebox'
import { findVolume } from '../wire/lookups.ts'
import { unknown, why } from '../wire/reasons.ts'
import { Ids, NoBody, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const detachAsp = operation({
  name: 'DetachAsp',
  summary: 'Take volumes out of a policy.',
  source: 'page Unmount ASP (baidu.md 5.1.7)',
  route: { method: 'PUT', path: '/v2/asp/:aspId', selector: 'detach' },
  request: { params: ResourceParams.asp, query: TokenQuery, body: Type.Object({ volumeIds: Ids }) },
  response: NoBody,
  errors: ['BadRequest', 'ServiceInternalError', 'NoSuchObject'],
  reach: {
    BadRequest: 'Leave out volumeIds, or send an empty list.',
    ServiceInternalError: 'Only by a fault.',
    NoSuchObject: 'An id that no policy has (inferred, Q16).'
  },
  wording: { BadRequest: { message: 'missing parameter.' } },
  notes: ['Volumes that are not bound to it, or do not exist, are passed over (proposed, Q14).'],
  run({ params, body, cloud, fail }) {
    if (body.volumeIds.length === 0) throw fail('BadRequest', why('body.volumeIds', 'Name at least one volume.'))
    const policy = cloud.findPolicy(params.aspId)
    if (!policy) throw fail('NoSuchObject', unknown('params.aspId', params.aspId))
    for (const id of new Set(body.volumeIds)) {
      const volume = findVolume(cloud, id)
      if (volume?.policyN === policy.n) cloud.unbindVolume(volume)
    }
  }
})
