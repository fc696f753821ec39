import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable, instanceRefusal, instanceTable } from '../rules/states.ts'
import { bySetting, inferred, reference, unsaid } from '../sources.ts'
import { hasRoom, lookUp, unknown, why } from '../wire/lookups.ts'
import { Id, ids, Nothing } from '../wire/schemas.ts'
import { OLD_VERSION, operation, zec } from './operation.ts'

export const changeDisksAttach = operation({
  name: 'ChangeDisksAttach',
  summary: 'Move attached disks to another instance.',
  evidence: reference('ChangeDisksAttach', '5.27'),
  route: zec('ChangeDisksAttach'),
  versions: OLD_VERSION,
  request: { body: Type.Object({ diskIds: ids(100), instanceId: Id }) },
  response: Nothing,
  errors: [
    'INVALID_DISK_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'INVALID_INSTANCE_NOT_FOUND',
    'INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED',
    'UNSUPPORTED_OPERATION_DISK_STATUS',
    'UNSUPPORTED_OPERATION_DISK_ATTACH_REPEATED',
    'UNSUPPORTED_OPERATION_INSTANCE_STATUS',
    'LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH'
  ],
  // Cloud: the page of this action alone says 400 (zenlayer.md 1.8, 3.2).
  wording: { INVALID_DISK_NOT_FOUND: { status: 400 } },
  reach: {
    INVALID_DISK_NOT_FOUND: 'An unknown id among `diskIds`; with status 400 here.',
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    ),
    INVALID_INSTANCE_NOT_FOUND: statement('An unknown `instanceId`.', unsaid('5.27')),
    INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED: 'A disk in another zone than the instance.',
    UNSUPPORTED_OPERATION_DISK_STATUS: statement(
      'A disk that is not IN_USE, or a boot disk, for which the page has no code.',
      inferred('the page has the code and names no statuses', '5.27')
    ),
    UNSUPPORTED_OPERATION_DISK_ATTACH_REPEATED: 'A disk that is attached to that instance already.',
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: statement(
      'A new instance that is neither RUNNING nor STOPPED.',
      inferred('the page has the code and names no statuses', '5.27')
    ),
    LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH: 'More data disks than the setting `zenlayer.instanceDiskLimit`.'
  },
  notes: [
    statement('At most 100 disks.', unsaid('5.27')),
    statement('Takes the delay of detaching, then that of attaching.', unsaid('6.4'))
  ],
  run({ body, cloud, fail }) {
    const { rows: disks, unknownId } = lookUp(body.diskIds, (id) => cloud.findVolume(id))
    if (unknownId !== undefined) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskIds', unknownId))
    const instance = cloud.findInstance(body.instanceId)
    if (!instance) throw fail('INVALID_INSTANCE_NOT_FOUND', unknown('instanceId', body.instanceId))
    const elsewhere = disks.find((disk) => disk.zone !== instance.zone)
    if (elsewhere) {
      throw fail('INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED', why('diskIds', `${elsewhere.id} is in ${elsewhere.zone}`))
    }
    const fixed = disks.find((disk) => !disk.detail.portable)
    if (fixed) throw fail('UNSUPPORTED_OPERATION_DISK_STATUS', why('diskIds', `${fixed.id} stays with its instance`))
    const refused = diskRefusal('diskIds', disks, diskTable.ChangeDisksAttach, cloud)
    if (refused) throw fail(refused.code, refused.why)
    const repeated = disks.find((disk) => disk.instanceN === instance.n)
    if (repeated) {
      throw fail('UNSUPPORTED_OPERATION_DISK_ATTACH_REPEATED', why('instanceId', `${repeated.id} is attached there`))
    }
    const refusedInstance = instanceRefusal('instanceId', [instance], instanceTable.ChangeDisksAttach)
    if (refusedInstance) throw fail(refusedInstance.code, refusedInstance.why)
    if (!hasRoom(cloud, instance, disks.length)) {
      throw fail('LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH', why('instanceId', `${instance.id} takes no more disks`))
    }
    for (const disk of disks) cloud.detachVolume(disk, instance)
    return {}
  }
})
