import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable, instanceRefusal, instanceTable } from '../rules/states.ts'
import { bySetting, likeVm, models, unsaid } from '../sources.ts'
import { lookUp, unknown, why } from '../wire/lookups.ts'
import { Id, ids } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const detachDisks = operation({
  name: 'DetachDisks',
  summary: 'Detach disks from the one instance that they are attached to.',
  evidence: models('5.16'),
  route: zec('DetachDisks'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({ diskIds: ids(10), instanceCheckFlag: Type.Optional(Type.Boolean({ default: true })) })
  },
  response: Type.Object({ failedDiskIds: Type.Array(Id) }),
  errors: [
    'INVALID_DISK_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'INVALID_PARAMETER_VALUE',
    'INVALID_DISK_NOT_PORTABLE',
    'UNSUPPORTED_OPERATION_DISK_STATUS',
    'UNSUPPORTED_OPERATION_INSTANCE_STATUS'
  ],
  reach: {
    INVALID_DISK_NOT_FOUND: statement('An unknown id among `diskIds`.', unsaid('5.16')),
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    ),
    INVALID_PARAMETER_VALUE: statement('Disks of different instances.', unsaid('5.16')),
    INVALID_DISK_NOT_PORTABLE: statement('A boot disk.', likeVm('DetachDisks', '5.16')),
    UNSUPPORTED_OPERATION_DISK_STATUS: statement(
      'A disk that is not IN_USE; a SNAPSHOT_CREATING one that is attached only with `zenlayer.attachDuringSnapshot` off.',
      likeVm('DetachDisks', '5.16')
    ),
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: statement(
      'An instance that is not STOPPED, unless `instanceCheckFlag` is false.',
      likeVm('DetachDisks', '5.16')
    )
  },
  notes: [
    statement('All or nothing: `failedDiskIds` is always empty.', models('5.16')),
    statement('With `instanceCheckFlag: false` the state of the instance doesn’t matter.', models('5.16')),
    statement('That holds for BOOTING and STOPPING, too.', unsaid('5.16'))
  ],
  run({ body, cloud, fail }) {
    const { rows: disks, unknownId } = lookUp(body.diskIds, (id) => cloud.findVolume(id))
    if (unknownId !== undefined) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskIds', unknownId))
    const instanceNs = new Set(disks.flatMap((disk) => disk.instanceN ?? []))
    if (instanceNs.size > 1) throw fail('INVALID_PARAMETER_VALUE', why('diskIds', 'disks of different instances'))
    const fixed = disks.find((disk) => !disk.detail.portable)
    if (fixed) throw fail('INVALID_DISK_NOT_PORTABLE', why('diskIds', `${fixed.id} stays with its instance`))
    const refused = diskRefusal('diskIds', disks, diskTable.DetachDisks, cloud)
    if (refused) throw fail(refused.code, refused.why)
    const [instanceN] = instanceNs
    const instance = instanceN === undefined ? undefined : cloud.instanceOf(instanceN)
    const refusedInstance = instance && instanceRefusal('instanceCheckFlag', [instance], instanceTable.DetachDisks)
    if (refusedInstance && body.instanceCheckFlag !== false) throw fail(refusedInstance.code, refusedInstance.why)
    for (const disk of disks) cloud.detachVolume(disk)
    return { failedDiskIds: [] }
  }
})
