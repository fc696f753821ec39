import { Type } from '@sinclair/typebox'
import { ifGiven } from '../../wire/given.ts'
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
  source: 'Zenlayer API reference, DescribeSnapshots (zenlayer.md 5.2)',
  route: zec('DescribeSnapshots'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({
      snapshotIds: idFilterUpTo(1000),
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
    '`snapshotName` is a pattern in RE2 syntax, searched for anywhere in the name (inferred from the CSI driver).',
    'The order, the greatest `pageSize` of 1000 and the greatest number of `snapshotIds` are proposed.'
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
