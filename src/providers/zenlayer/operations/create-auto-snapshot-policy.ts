import { Type } from '@sinclair/typebox'
import { resting, statement } from '../../evidence.ts'
import { inferred, models, reference, unsaid } from '../sources.ts'
import { ascending, hasDuplicateKeys, toRetentionDays, toTagged, toWeekdays } from '../wire/convert.ts'
import { groupFor, unknown, unknownZone, why, withoutSnapshots } from '../wire/lookups.ts'
import { Hours, Id, PolicyName, RepeatWeekDays, RetentionDays, TagAssociation } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const createAutoSnapshotPolicy = operation({
  name: 'CreateAutoSnapshotPolicy',
  summary: 'Create a schedule of snapshots, as yet without disks.',
  evidence: reference('CreateAutoSnapshotPolicy', '5.6'),
  route: zec('CreateAutoSnapshotPolicy'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({
      zoneId: Id,
      autoSnapshotPolicyName: PolicyName,
      repeatWeekDays: RepeatWeekDays,
      hours: Hours,
      retentionDays: Type.Optional(RetentionDays),
      resourceGroupId: Type.Optional(Id),
      tags: resting(Type.Optional(TagAssociation), models('5.6'))
    })
  },
  response: Type.Object({ autoSnapshotPolicyId: Id }),
  errors: [
    'INVALID_RETENTION_DAYS',
    'INVALID_PARAMETER_VALUE',
    'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND',
    'INVALID_ZONE_NOT_FOUND',
    'INVALID_SNAPSHOT_REGION_NOT_SUPPORT'
  ],
  reach: {
    INVALID_RETENTION_DAYS: '`retentionDays` that are neither -1 nor 1 to 65535.',
    INVALID_PARAMETER_VALUE: statement('The same tag key twice.', unsaid('4.4')),
    OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND: statement(
      'An unknown `resourceGroupId`.',
      inferred('the common code is about just that', '3.1')
    ),
    INVALID_ZONE_NOT_FOUND: 'An unknown `zoneId`.',
    INVALID_SNAPSHOT_REGION_NOT_SUPPORT: 'A zone whose seed says `snapshotSupport: false`.'
  },
  notes: [
    statement('Week days and hours come back ascending and without duplicates.', unsaid('5.6, question 25')),
    statement(
      'Without a group the default one is taken.',
      inferred('the member is optional, and every policy shows a group', '5.6')
    ),
    statement('Names need not be unique.', unsaid('5.6'))
  ],
  run({ body, cloud, fail }) {
    if (body.retentionDays === 0) throw fail('INVALID_RETENTION_DAYS', why('retentionDays', 'is -1 or 1 to 65535', 0))
    if (hasDuplicateKeys(body.tags?.tags ?? [])) throw fail('INVALID_PARAMETER_VALUE', why('tags', 'a key comes twice'))
    const group = groupFor(cloud, body.resourceGroupId)
    if (!group) {
      throw fail('OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND', unknown('resourceGroupId', body.resourceGroupId))
    }
    const zone = cloud.findItem('zone', body.zoneId)
    if (!zone) throw fail('INVALID_ZONE_NOT_FOUND', unknownZone(cloud, body.zoneId))
    if (!zone.detail.snapshotSupport) {
      throw fail('INVALID_SNAPSHOT_REGION_NOT_SUPPORT', withoutSnapshots(cloud, 'zoneId', zone.id))
    }
    const policy = cloud.createPolicy({
      name: body.autoSnapshotPolicyName,
      zone: zone.id,
      group: group.id,
      weekdays: toWeekdays(body.repeatWeekDays),
      hours: ascending(body.hours),
      utcOffsetMinutes: 0,
      retentionDays: toRetentionDays(body.retentionDays),
      detail: toTagged(body.tags, cloud.now)
    })
    return { autoSnapshotPolicyId: policy.id }
  }
})
