import { Type } from '@sinclair/typebox'
import { envelopeOf, pageSizeOf } from '../wire/convert.ts'
import { unknownMarker } from '../wire/reasons.ts'
import { Envelope, MarkerQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const listSecurityGroups = operation({
  name: 'ListSecurityGroups',
  summary: 'List security groups: there are none.',
  source: 'page Query the security group list (baidu.md 5.4)',
  route: { method: 'GET', path: '/v2/securityGroup' },
  request: {
    query: Type.Object({ ...MarkerQuery, instanceId: Type.Optional(Type.String({ ignored: true })) })
  },
  response: Type.Object({ ...Envelope, securityGroups: Type.Array(Type.Object({ id: Type.String() })) }),
  errors: ['BadRequest'],
  reach: { BadRequest: 'maxKeys below 1 or no number; any marker, since none names a group (proposed, Q8).' },
  notes: ['Security groups are out of scope; tf asks for those of an instance and takes an empty list.'],
  run({ query, fail }) {
    if (query.marker !== undefined) throw fail('BadRequest', unknownMarker(query.marker))
    return { ...envelopeOf(undefined, pageSizeOf(query.maxKeys), []), securityGroups: [] }
  }
})
