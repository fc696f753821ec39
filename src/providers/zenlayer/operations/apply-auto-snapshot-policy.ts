import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { bySetting, inferred, preRelease, unsaid } from '../sources.ts'
import { lookUp, unknown, why } from '../wire/lookups.ts'
import { Id, ids, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const applyAutoSnapshotPolicy = operation({
  name: 'ApplyAutoSnapshotPolicy',
  summary: 'Attach disks to a snapshot policy.',
  evidence: preRelease('ApplyAutoSnapshotPolicy', '5.10'),
  route: zec('ApplyAutoSnapshotPolicy'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ autoSnapshotPolicyId: Id, diskIds: ids(100) }) },
  response: Nothing,
  errors: [
    'INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND',
    'INVALID_DISK_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'INVALID_AUTO_SNAPSHOT_ZONE_MISMATCH',
    'UNSUPPORTED_OPERATION_DISK_STATUS',
    'INVALID_DISK_AUTO_SNAPSHOT_POLICY_EXIST'
  ],
  reach: {
    INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND: 'An unknown `autoSnapshotPolicyId`.',
    INVALID_DISK_NOT_FOUND: statement('An unknown id among `diskIds`.', unsaid('5.10')),
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    ),
    INVALID_AUTO_SNAPSHOT_ZONE_MISMATCH: statement(
      'A disk in another zone than the policy.',
      inferred('the name of the code; what the page prints beside it is about another policy', '3.2')
    ),
    UNSUPPORTED_OPERATION_DISK_STATUS: statement(
      'A disk that is RECYCLING, RECYCLED, DELETING or FAILED.',
      unsaid('5.10')
    ),
    INVALID_DISK_AUTO_SNAPSHOT_POLICY_EXIST: statement(
      'A disk that belongs to another policy.',
      inferred('notes of the page and of the CLI have the code; of its status the table shows "40"', '3.2, question 7')
    )
  },
  notes: [
    statement('Attaching again to the same policy is no error.', preRelease('ApplyAutoSnapshotPolicy', '5.10')),
    statement('At most 100 disks.', unsaid('5.10'))
  ],
  run({ body, cloud, fail }) {
    const policy = cloud.findPolicy(body.autoSnapshotPolicyId)
    if (!policy) {
      throw fail('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND', unknown('autoSnapshotPolicyId', body.autoSnapshotPolicyId))
    }
    const { rows: disks, unknownId } = lookUp(body.diskIds, (id) => cloud.findVolume(id))
    if (unknownId !== undefined) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskIds', unknownId))
    const elsewhere = disks.find((disk) => disk.zone !== policy.zone)
    if (elsewhere) {
      throw fail('INVALID_AUTO_SNAPSHOT_ZONE_MISMATCH', why('diskIds', `${elsewhere.id} is in ${elsewhere.zone}`))
    }
    const refused = diskRefusal('diskIds', disks, diskTable.ApplyAutoSnapshotPolicy, cloud)
    if (refused) throw fail(refused.code, refused.why)
    const taken = disks.find((disk) => disk.policyN !== null && disk.policyN !== policy.n)
    if (taken) {
      throw fail('INVALID_DISK_AUTO_SNAPSHOT_POLICY_EXIST', why('diskIds', `${taken.id} belongs to another policy`))
    }
    for (const disk of disks) {
      if (disk.policyN === null) cloud.bindVolume(policy, disk)
    }
    return {}
  }
})
