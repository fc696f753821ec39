import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { ifGiven } from '../../wire/given.ts'
import { inferred, reference, unsaid } from '../sources.ts'
import { toNameFilter, toTagPairs, toWindow } from '../wire/convert.ts'
import { AutoSnapshotPolicy, filter, idFilter, listOf, namePattern, paging, tagFilters } from '../wire/schemas.ts'
import { showPolicy } from '../wire/views.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const describeAutoSnapshotPolicies = operation({
  name: 'DescribeAutoSnapshotPolicies',
  summary: 'List snapshot policies with their disks, newest first.',
  evidence: reference('DescribeAutoSnapshotPolicies', '5.7'),
  route: zec('DescribeAutoSnapshotPolicies'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({
      autoSnapshotPolicyIds: idFilter,
      zoneIds: idFilter,
      autoSnapshotPolicyName: namePattern,
      resourceGroupId: filter,
      ...paging,
      ...tagFilters
    })
  },
  response: listOf(AutoSnapshotPolicy),
  errors: [],
  notes: [
    statement('Newest first; at most 1000 a page.', unsaid('1.10, question 21')),
    statement(
      '`autoSnapshotPolicyName` is a pattern in RE2 syntax, searched for anywhere in the name.',
      inferred('the CSI driver finds an exact name by ^ and $ around it', '1.10')
    ),
    statement('A policy must carry every given tag key and every given tag.', unsaid('1.10, question 22')),
    statement('The disks of a policy come oldest first.', unsaid('4.2'))
  ],
  run({ body, cloud }) {
    const page = cloud.pageOfPolicies(
      {
        ids: body.autoSnapshotPolicyIds,
        zones: body.zoneIds,
        name: ifGiven(body.autoSnapshotPolicyName, toNameFilter),
        group: body.resourceGroupId,
        tagKeys: body.tagKeys,
        tags: ifGiven(body.tags, toTagPairs)
      },
      toWindow(body)
    )
    return { totalCount: page.total, dataSet: page.rows.map((policy) => showPolicy(cloud, policy)) }
  }
})
