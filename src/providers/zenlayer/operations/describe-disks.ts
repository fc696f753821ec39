import { Type } from '@sinclair/typebox'
import { toDiskStatusFilter, toNameFilter, toTagPairs, toWindow } from '../wire/convert.ts'
import {
  DiskInfo,
  DiskStatus,
  diskTypeFilter,
  filter,
  idFilter,
  listOf,
  namePattern,
  paging,
  tagFilters
} from '../wire/schemas.ts'
import { showDisk } from '../wire/views.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

/** No instance has it: what an unknown `instanceId` filters by. */
const NOBODY = -1

export const describeDisks = operation({
  name: 'DescribeDisks',
  summary: 'List disks, those in the recycle bin included, newest first.',
  source: 'Zenlayer API reference, DescribeDisks (zenlayer.md 5.14)',
  route: zec('DescribeDisks'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({
      diskIds: idFilter,
      diskName: namePattern,
      diskStatus: Type.Optional(DiskStatus),
      diskType: diskTypeFilter,
      diskCategory: filter,
      instanceId: filter,
      zoneId: filter,
      ...paging,
      regionId: filter,
      snapshotAbility: Type.Optional(Type.Boolean()),
      resourceGroupId: filter,
      ...tagFilters
    })
  },
  response: listOf(DiskInfo),
  errors: [],
  notes: [
    '`diskName` is a pattern in RE2 syntax, searched for anywhere in the name (inferred from the CSI driver).',
    '`chargeType` is shown under 2024-04-01 only; `period` is always null, `serial` always set (proposed).'
  ],
  run({ body, cloud, version }) {
    const detail = {
      ...(body.diskCategory !== undefined && { category: body.diskCategory }),
      ...(body.regionId !== undefined && { region: body.regionId }),
      ...(body.snapshotAbility !== undefined && { snapshotAbility: body.snapshotAbility })
    }
    const page = cloud.pageOfVolumes(
      {
        ...(body.diskIds && { ids: body.diskIds }),
        ...(body.diskName !== undefined && { name: toNameFilter(body.diskName) }),
        ...(body.diskStatus && toDiskStatusFilter(body.diskStatus)),
        ...(body.diskType !== undefined && { kind: body.diskType.toUpperCase() }),
        ...(body.instanceId !== undefined && { instanceN: cloud.findInstance(body.instanceId)?.n ?? NOBODY }),
        ...(body.zoneId !== undefined && { zones: [body.zoneId] }),
        ...(body.resourceGroupId !== undefined && { group: body.resourceGroupId }),
        ...(body.tagKeys && { tagKeys: body.tagKeys }),
        ...(body.tags && { tags: toTagPairs(body.tags) }),
        detail
      },
      toWindow(body)
    )
    return { totalCount: page.total, dataSet: page.rows.map((disk) => showDisk(cloud, disk, version)) }
  }
})
