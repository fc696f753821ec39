import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { inferred, page, unsaid } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown, why } from '../wire/reasons.ts'
import { Ids, NoBody, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const detachAsp = operation({
  name: 'DetachAsp',
  summary: 'Take volumes out of a policy.',
  evidence: page('Unmount ASP', '5.1.7'),
  route: { method: 'PUT', path: '/v2/asp/:aspId', selector: 'detach' },
  request: { params: ResourceParams.asp, query: TokenQuery, body: Type.Object({ volumeIds: Ids }) },
  response: NoBody,
  errors: ['BadRequest', 'ServiceInternalError', 'NoSuchObject'],
  reach: {
    BadRequest: 'Leave out volumeIds, or send an empty list.',
    ServiceInternalError: 'Only by a fault.',
    NoSuchObject: statement('An id that no policy has.', inferred('the page of attaching lists it', '5.1.7, Q16'))
  },
  wording: { BadRequest: { message: 'missing parameter.' } },
  notes: [statement('Volumes that are not bound to it, or do not exist, are passed over.', unsaid('5.1.7, Q14'))],
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
