import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { ifGiven } from '../../wire/given.ts'
import { client, inferred, models, unsaid } from '../sources.ts'
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
  evidence: models('5.14'),
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
    statement('Newest first.', unsaid('1.10')),
    statement(
      '`diskName` is a pattern in RE2 syntax, searched for anywhere in the name.',
      inferred('the CSI driver finds an exact name by ^ and $ around it', '1.10')
    ),
    statement('`chargeType` is shown under 2024-04-01 only.', client('7.1', 'Go SDK')),
    statement('`period` is always null, `serial` always set.', unsaid('4.5'))
  ],
  run({ body, cloud, version }) {
    const detail = {
      category: body.diskCategory,
      region: body.regionId,
      snapshotAbility: body.snapshotAbility
    }
    const page = cloud.pageOfVolumes(
      {
        ids: body.diskIds,
        name: ifGiven(body.diskName, toNameFilter),
        ...ifGiven(body.diskStatus, toDiskStatusFilter),
        kind: body.diskType?.toUpperCase(),
        instanceN: ifGiven(body.instanceId, (id) => cloud.findInstance(id)?.n ?? NOBODY),
        zones: ifGiven(body.zoneId, (zone) => [zone]),
        group: body.resourceGroupId,
        tagKeys: body.tagKeys,
        tags: ifGiven(body.tags, toTagPairs),
        detail
      },
      toWindow(body)
    )
    return { totalCount: page.total, dataSet: page.rows.map((disk) => showDisk(cloud, disk, version)) }
  }
})
