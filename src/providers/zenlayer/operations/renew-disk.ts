import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { diskRefusal, diskTable } from '../rules/states.ts'
import { bySetting, invented, reference, unsaid } from '../sources.ts'
import { unknown, why } from '../wire/lookups.ts'
import { Id, Nothing } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const renewDisk = operation({
  name: 'RenewDisk',
  summary: 'Take a disk out of the recycle bin.',
  evidence: reference('RenewDisk', '5.19'),
  route: zec('RenewDisk'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ diskId: Id }) },
  response: Nothing,
  errors: [
    'INVALID_DISK_NOT_FOUND',
    'OPERATION_FAILED_RESOURCE_NOT_FOUND',
    'INVALID_ORDER_NOT_FOUND',
    'UNSUPPORTED_OPERATION_DISK_SYSTEM_TYPE',
    'UNSUPPORTED_OPERATION_DISK_STATUS',
    'ORDER_UNPROCESSED_ORDERS_FOR_THIS_RESOURCE'
  ],
  reach: {
    INVALID_DISK_NOT_FOUND: 'An unknown `diskId`.',
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    ),
    INVALID_ORDER_NOT_FOUND: 'A seed whose disk has `orderState: missing`.',
    UNSUPPORTED_OPERATION_DISK_SYSTEM_TYPE: 'A boot disk.',
    UNSUPPORTED_OPERATION_DISK_STATUS: 'A disk that is not RECYCLED.',
    ORDER_UNPROCESSED_ORDERS_FOR_THIS_RESOURCE: 'A seed whose disk has `orderState: open`.'
  },
  notes: [
    statement('The state of a disk’s order is known from a seed only.', invented('a world knows no orders', '5.19')),
    statement('The disk doesn’t come back to its policy.', unsaid('5.19'))
  ],
  run({ body, cloud, fail }) {
    const disk = cloud.findVolume(body.diskId)
    if (!disk) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskId', body.diskId))
    if (disk.detail.order === 'missing') throw fail('INVALID_ORDER_NOT_FOUND', why('diskId', 'the seed says so'))
    if (disk.kind === 'SYSTEM') {
      throw fail('UNSUPPORTED_OPERATION_DISK_SYSTEM_TYPE', why('diskId', `${disk.id} is a boot disk`))
    }
    const refused = diskRefusal('diskId', [disk], diskTable.RenewDisk, cloud)
    if (refused) throw fail(refused.code, refused.why)
    if (disk.detail.order === 'open') {
      throw fail('ORDER_UNPROCESSED_ORDERS_FOR_THIS_RESOURCE', why('diskId', 'the seed says so'))
    }
    cloud.restoreVolume(disk)
    return {}
  }
})
