import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { ifGiven } from '../../wire/given.ts'
import { page, unsaid } from '../sources.ts'
import { envelopeOf, pageSizeOf, policyOut, windowOf } from '../wire/convert.ts'
import { startOf } from '../wire/lookups.ts'
import { Envelope, MarkerQuery, OptionalText, PolicyOut } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const listAsps = operation({
  name: 'ListAsps',
  summary: 'List policies, oldest first.',
  evidence: page('Query the ASP list', '5.1.3'),
  route: { method: 'GET', path: '/v2/asp' },
  request: { query: Type.Object({ ...MarkerQuery, aspName: OptionalText, volumeName: OptionalText }) },
  // Cloud: spelled so.
  response: Type.Object({ ...Envelope, autoSnapshotPolicys: Type.Array(PolicyOut) }),
  errors: ['BadRequest'],
  reach: {
    BadRequest: statement('maxKeys below 1 or no number; a marker that never named a policy.', unsaid('1.8, Q8'))
  },
  notes: [
    statement('Oldest first.', unsaid('1.8, Q8')),
    statement('Both names match as substrings, case-sensitive.', unsaid('5.1.3, Q10')),
    statement('More than 1000 keys count as 1000.', unsaid('1.8'))
  ],
  run({ query, cloud, fail }) {
    const start = startOf(cloud, 'policy', query.marker, fail)
    const pageSize = pageSizeOf(query.maxKeys)
    const policies = cloud.policiesFrom(
      {
        name: ifGiven(query.aspName, containing),
        volumeName: ifGiven(query.volumeName, containing)
      },
      windowOf(start, pageSize)
    )
    return {
      ...envelopeOf(query.marker, pageSize, policies),
      autoSnapshotPolicys: policies.slice(0, pageSize).map(policyOut)
    }
  }
})

const containing = (contains: string) => ({ contains })
