import { Type } from '@sinclair/typebox'
import { diskRefusal, diskTable, instanceRefusal, instanceTable } from '../rules/states.ts'
import { lookUp, unknown, why } from '../wire/lookups.ts'
import { Id, ids } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const detachDisks = operation({
  name: 'DetachDisks',
  summary: 'Detach disks from the one instance that they are attached to.',
  source: 'Zenlayer API reference, DetachDisks (zenlayer.md 5.16)',
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
    INVALID_DISK_NOT_FOUND: 'An unknown id among `diskIds` (proposed).',
    OPERATION_FAILED_RESOURCE_NOT_FOUND: 'The same, with the setting `zenlayer.diskNotFoundCode`.',
    INVALID_PARAMETER_VALUE: 'Disks of different instances (proposed).',
    INVALID_DISK_NOT_PORTABLE: 'A boot disk.',
    UNSUPPORTED_OPERATION_DISK_STATUS:
      'A disk that is not IN_USE; a SNAPSHOT_CREATING one that is attached only with `zenlayer.attachDuringSnapshot` off.',
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: 'An instance that is not STOPPED, unless `instanceCheckFlag` is false.'
  },
  notes: [
    'All or nothing: `failedDiskIds` is always empty (stated).',
    'With `instanceCheckFlag: false` the state of the instance doesn’t matter (proposed for BOOTING and STOPPING).'
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
