import { Type } from '@sinclair/typebox'
import { ifGiven } from '../../wire/given.ts'
import { envelopeOf, pageSizeOf, policyOut, windowOf } from '../wire/convert.ts'
import { startOf } from '../wire/lookups.ts'
import { Envelope, MarkerQuery, OptionalText, PolicyOut } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const listAsps = operation({
  name: 'ListAsps',
  summary: 'List policies, oldest first.',
  source: 'page Query the ASP list (baidu.md 5.1.3)',
  route: { method: 'GET', path: '/v2/asp' },
  request: { query: Type.Object({ ...MarkerQuery, aspName: OptionalText, volumeName: OptionalText }) },
  // Cloud: spelled so.
  response: Type.Object({ ...Envelope, autoSnapshotPolicys: Type.Array(PolicyOut) }),
  errors: ['BadRequest'],
  reach: { BadRequest: 'maxKeys below 1 or no number; a marker that never named a policy (proposed, Q8).' },
  notes: ['Both names match as substrings, case-sensitive (proposed, Q10). More than 1000 keys count as 1000.'],
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
