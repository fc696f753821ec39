import { Type } from '@sinclair/typebox'
import { page } from '../sources.ts'
import { policyOut } from '../wire/convert.ts'
import { unknown } from '../wire/reasons.ts'
import { PolicyOut, ResourceParams } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const getAsp = operation({
  name: 'GetAsp',
  summary: 'Show one policy.',
  evidence: page('Query details of ASP', '5.1.4'),
  route: { method: 'GET', path: '/v2/asp/:aspId' },
  request: { params: ResourceParams.asp },
  response: Type.Object({ autoSnapshotPolicy: PolicyOut }),
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: 'Only by a fault: the path holds all there is to send.',
    NoSuchObject: 'An id that no policy has, or that a deleted one had.'
  },
  run({ params, cloud, fail }) {
    const policy = cloud.findPolicy(params.aspId)
    if (!policy) throw fail('NoSuchObject', unknown('params.aspId', params.aspId))
    return { autoSnapshotPolicy: policyOut(policy) }
  }
})
