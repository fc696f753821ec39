import { Type } from '@sinclair/typebox'
import { resting, statement } from '../../evidence.ts'
import { ifGiven } from '../../wire/given.ts'
import { inferred, preRelease, unsaid } from '../sources.ts'
import { toNameFilter, toOrigin, toSnapshotState, toWindow } from '../wire/convert.ts'
import {
  diskTypeFilter,
  filter,
  idFilter,
  idFilterUpTo,
  listOf,
  namePattern,
  paging,
  SnapshotInfo,
  SnapshotStatus,
  SnapshotType
} from '../wire/schemas.ts'
import { showSnapshot } from '../wire/views.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const describeSnapshots = operation({
  name: 'DescribeSnapshots',
  summary: 'List snapshots, newest first.',
  evidence: preRelease('DescribeSnapshots', '5.2'),
  route: zec('DescribeSnapshots'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({
      snapshotIds: resting(idFilterUpTo(1000), unsaid('5.2')),
      zoneId: filter,
      status: Type.Optional(SnapshotStatus),
      diskIds: idFilter,
      diskType: diskTypeFilter,
      snapshotType: Type.Optional(SnapshotType),
      snapshotName: namePattern,
      ...paging,
      resourceGroupId: filter
    })
  },
  response: listOf(SnapshotInfo),
  errors: [],
  notes: [
    statement(
      '`snapshotName` is a pattern in RE2 syntax, searched for anywhere in the name.',
      inferred('the CSI driver finds an exact name by ^ and $ around it', '1.10')
    ),
    statement('Newest first; at most 1000 a page.', unsaid('1.10, question 21')),
    statement('At most 1000 `snapshotIds`.', unsaid('5.2'))
  ],
  run({ body, cloud }) {
    const page = cloud.pageOfSnapshots(
      {
        ids: body.snapshotIds,
        zone: body.zoneId,
        state: ifGiven(body.status, toSnapshotState),
        volumeIds: body.diskIds,
        kind: body.diskType?.toUpperCase(),
        origins: ifGiven(body.snapshotType, (type) => [toOrigin(type)]),
        name: ifGiven(body.snapshotName, toNameFilter),
        group: body.resourceGroupId
      },
      toWindow(body)
    )
    return { totalCount: page.total, dataSet: page.rows.map((snapshot) => showSnapshot(cloud, snapshot)) }
  }
})
