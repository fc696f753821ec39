import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { ifGiven } from '../../wire/given.ts'
import { preRelease, unsaid } from '../sources.ts'
import { ascending, toRetentionDays, toWeekdays } from '../wire/convert.ts'
import { unknown, why } from '../wire/lookups.ts'
import { Hours, Id, Nothing, PolicyName, RepeatWeekDays, RetentionDays } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const modifyAutoSnapshotPolicy = operation({
  name: 'ModifyAutoSnapshotPolicy',
  summary: 'Change name, schedule or retention of a snapshot policy.',
  evidence: preRelease('ModifyAutoSnapshotPolicy', '5.8'),
  route: zec('ModifyAutoSnapshotPolicy'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({
      autoSnapshotPolicyId: Id,
      autoSnapshotPolicyName: Type.Optional(PolicyName),
      repeatWeekDays: Type.Optional(RepeatWeekDays),
      hours: Type.Optional(Hours),
      retentionDays: Type.Optional(RetentionDays)
    })
  },
  response: Nothing,
  errors: ['INVALID_RETENTION_DAYS', 'INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND'],
  reach: {
    INVALID_RETENTION_DAYS: statement('`retentionDays` that are neither -1 nor 1 to 65535.', unsaid('5.8')),
    INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND: 'An unknown `autoSnapshotPolicyId`.'
  },
  notes: [statement('Snapshots that exist keep their retention.', unsaid('5.8'))],
  run({ body, cloud, fail }) {
    if (body.retentionDays === 0) throw fail('INVALID_RETENTION_DAYS', why('retentionDays', 'is -1 or 1 to 65535', 0))
    const policy = cloud.findPolicy(body.autoSnapshotPolicyId)
    if (!policy) {
      throw fail('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND', unknown('autoSnapshotPolicyId', body.autoSnapshotPolicyId))
    }
    cloud.changePolicy(policy, {
      name: body.autoSnapshotPolicyName,
      weekdays: ifGiven(body.repeatWeekDays, toWeekdays),
      hours: ifGiven(body.hours, ascending),
      retentionDays: ifGiven(body.retentionDays, toRetentionDays)
    })
    return {}
  }
})
