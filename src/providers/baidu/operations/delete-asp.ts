import { statement } from '../../evidence.ts'
import { client, page } from '../sources.ts'
import { unknown } from '../wire/reasons.ts'
import { NoBody, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const deleteAsp = operation({
  name: 'DeleteAsp',
  summary: 'Delete a policy; its volumes are unbound, its snapshots stay.',
  evidence: page('Delete ASP', '5.1.5'),
  route: { method: 'DELETE', path: '/v2/asp/:aspId' },
  request: { params: ResourceParams.asp, query: TokenQuery },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject', 'ServiceInternalError'],
  reach: {
    BadRequest: 'Only by a fault: the path holds all there is to send.',
    NoSuchObject: 'An id that no policy has, or a second deletion.',
    ServiceInternalError: 'Only by a fault.'
  },
  notes: [statement('A policy with volumes may be deleted.', client('5.1.5, Q13', 'Terraform'))],
  run({ params, cloud, fail }) {
    const policy = cloud.findPolicy(params.aspId)
    if (!policy) throw fail('NoSuchObject', unknown('params.aspId', params.aspId))
    cloud.deletePolicy(policy)
  }
})
