import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable, instanceRefusal, instanceTable } from '../rules/states.ts'
import { bySetting, chinese, client, likeVm, unsaid } from '../sources.ts'
import { hasRoom, lookUp, unknown, why } from '../wire/lookups.ts'
import { Id, ids } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const attachDisks = operation({
  name: 'AttachDisks',
  summary: 'Attach disks to an instance.',
  evidence: chinese('AttachDisks', '5.15'),
  route: zec('AttachDisks'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ diskIds: ids(10), instanceId: Id }) },
  response: Type.Object({
    failedDiskIds: Type.Array(Id, { evidence: client('5.15', 'Python SDK 2.0.77', 'Java SDK') })
  }),
  errors: [
    'INVALID_DISK_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'INVALID_INSTANCE_NOT_FOUND',
    'INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED',
    'INVALID_DISK_NOT_PORTABLE',
    'UNSUPPORTED_OPERATION_DISK_ATTACHED',
    'UNSUPPORTED_OPERATION_DISK_STATUS',
    'UNSUPPORTED_OPERATION_INSTANCE_STATUS',
    'LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH'
  ],
  reach: {
    INVALID_DISK_NOT_FOUND: 'An unknown id among `diskIds`.',
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    ),
    INVALID_INSTANCE_NOT_FOUND: statement('An unknown `instanceId`.', unsaid('5.15')),
    INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED: 'A disk in another zone than the instance.',
    INVALID_DISK_NOT_PORTABLE: 'A boot disk.',
    UNSUPPORTED_OPERATION_DISK_ATTACHED: statement('A disk that is attached already.', likeVm('AttachDisks', '5.15')),
    UNSUPPORTED_OPERATION_DISK_STATUS: statement(
      'A disk that is busy, failed or in the recycle bin; a SNAPSHOT_CREATING one only with `zenlayer.attachDuringSnapshot` off.',
      unsaid('5.15')
    ),
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: statement(
      'An instance that is neither RUNNING nor STOPPED.',
      likeVm('AttachDisks', '5.15')
    ),
    LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH: statement(
      'More data disks than the setting `zenlayer.instanceDiskLimit`.',
      likeVm('AttachDisks', '5.15')
    )
  },
  notes: [
    statement('All or nothing: `failedDiskIds` is always empty.', unsaid('3.3')),
    statement(
      'A disk whose snapshot is being made can be attached; the snapshot goes on.',
      client('5.15, question 33', 'Terraform')
    )
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
    if (fixed) throw fail('INVALID_DISK_NOT_PORTABLE', why('diskIds', `${fixed.id} stays with its instance`))
    const refused = diskRefusal('diskIds', disks, diskTable.AttachDisks, cloud)
    if (refused) throw fail(refused.code, refused.why)
    const refusedInstance = instanceRefusal('instanceId', [instance], instanceTable.AttachDisks)
    if (refusedInstance) throw fail(refusedInstance.code, refusedInstance.why)
    if (!hasRoom(cloud, instance, disks.length)) {
      throw fail('LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH', why('instanceId', `${instance.id} takes no more disks`))
    }
    for (const disk of disks) cloud.attachVolume(disk, instance)
    return { failedDiskIds: [] }
  }
})
