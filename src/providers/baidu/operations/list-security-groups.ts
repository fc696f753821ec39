import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, unsaid } from '../sources.ts'
import { envelopeOf, pageSizeOf } from '../wire/convert.ts'
import { unknownMarker } from '../wire/reasons.ts'
import { Envelope, MarkerQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const listSecurityGroups = operation({
  name: 'ListSecurityGroups',
  summary: 'List security groups: there are none.',
  evidence: client('5.4', 'Terraform'),
  route: { method: 'GET', path: '/v2/securityGroup' },
  request: {
    query: Type.Object({ ...MarkerQuery, instanceId: Type.Optional(Type.String({ ignored: true })) })
  },
  response: Type.Object({ ...Envelope, securityGroups: Type.Array(Type.Object({ id: Type.String() })) }),
  errors: ['BadRequest'],
  reach: {
    BadRequest: statement('maxKeys below 1 or no number; any marker, since none names a group.', unsaid('1.8, Q8'))
  },
  notes: [statement('Security groups are out of scope: an empty list is enough.', client('5.4', 'Terraform'))],
  run({ query, fail }) {
    if (query.marker !== undefined) throw fail('BadRequest', unknownMarker(query.marker))
    return { ...envelopeOf(undefined, pageSizeOf(query.maxKeys), []), securityGroups: [] }
  }
})
