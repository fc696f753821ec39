import { Type } from '@sinclair/typebox'
import { resting, statement } from '../../evidence.ts'
import type { InstanceRow } from '../rules/shapes.ts'
import { instanceRefusal, instanceTable, snapshotRefusal, snapshotTable } from '../rules/states.ts'
import { client, inferred, models, reference, unread, unsaid } from '../sources.ts'
import { hasDuplicateKeys, toTagged } from '../wire/convert.ts'
import { groupFor, hasRoom, lookUp, unknown, unknownZone, why } from '../wire/lookups.ts'
import { DiskCategory, DiskName, Id, TagAssociation } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const createDisks = operation({
  name: 'CreateDisks',
  summary: 'Create data disks, empty or from a snapshot, if wanted on instances.',
  evidence: reference('CreateDisks', '5.13'),
  route: zec('CreateDisks'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({
      zoneId: Id,
      diskName: DiskName,
      diskNames: resting(Type.Optional(Type.Array(DiskName)), client('5.13', 'Python SDK 2.0.77', 'Java SDK')),
      diskSize: Type.Integer({ minimum: 20, maximum: 32768, evidence: client('5.13', 'Terraform', 'CSI driver') }),
      diskAmount: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 1 })),
      instanceId: Type.Optional(Id),
      resourceGroupId: Type.Optional(Id),
      diskCategory: Type.Optional(DiskCategory),
      snapshotId: Type.Optional(Id),
      marketingOptions: Type.Optional(Type.Object({ discountCode: Type.Optional(Type.String()) })),
      tags: resting(Type.Optional(TagAssociation), models('5.13')),
      instanceIds: Type.Optional(Type.Array(Id, { evidence: models('5.13') })),
      burstingEnabled: Type.Optional(Type.Boolean({ default: false, evidence: models('5.13') }))
    })
  },
  response: Type.Object({ diskIds: Type.Array(Id), orderNumber: Type.String() }),
  makes: 'volume',
  errors: [
    'INVALID_PARAMETER_VALUE',
    'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND',
    'INVALID_ZONE_NOT_FOUND',
    'INVALID_DISK_SNAPSHOT_NOT_FOUND',
    'INVALID_INSTANCE_NOT_FOUND',
    'INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED',
    'OPERATION_DENIED_DISK_SNAPSHOT_STATUS',
    'OPERATION_DENIED_DISK_SYSTEM_TYPE',
    'INVALID_DISK_SNAPSHOT_SIZE_MISMATCH',
    'UNSUPPORTED_OPERATION_INSTANCE_STATUS',
    'LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH'
  ],
  reach: {
    INVALID_PARAMETER_VALUE: statement(
      '`diskNames` or `instanceIds` of another length than `diskAmount`; the same tag key twice.',
      unread('5.13')
    ),
    OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND: statement('An unknown `resourceGroupId`.', unread('5.13')),
    INVALID_ZONE_NOT_FOUND: statement('An unknown `zoneId`.', unread('5.13')),
    INVALID_DISK_SNAPSHOT_NOT_FOUND: statement(
      'An unknown `snapshotId`, or a snapshot in another zone.',
      unread('5.13')
    ),
    INVALID_INSTANCE_NOT_FOUND: statement('An unknown instance.', unread('5.13')),
    INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED: statement('An instance in another zone.', unread('5.13')),
    OPERATION_DENIED_DISK_SNAPSHOT_STATUS: statement('A snapshot that is not AVAILABLE.', unread('5.13')),
    OPERATION_DENIED_DISK_SYSTEM_TYPE: statement('A snapshot of a boot disk.', unread('5.13')),
    INVALID_DISK_SNAPSHOT_SIZE_MISMATCH: statement(
      '`diskSize` smaller than the disk was when the snapshot was made.',
      client('5.13', 'CSI driver')
    ),
    UNSUPPORTED_OPERATION_INSTANCE_STATUS: statement(
      'An instance that is neither RUNNING nor STOPPED.',
      unread('5.13')
    ),
    LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH: statement(
      'More data disks than the setting `zenlayer.instanceDiskLimit`.',
      unread('5.13')
    )
  },
  notes: [
    statement('The codes are those that clients know and those of sibling actions.', unread('5.13, question 31')),
    statement('`instanceIds` win over `instanceId`.', unsaid('5.13')),
    statement('`marketingOptions.discountCode` has no effect.', models('4.9')),
    statement(
      'Accepted, ignored, listed as unused: `marketingOptions.usePocVoucher`, `instanceChargePostpaid`.',
      unsaid('4.9, 5.13')
    ),
    statement(
      'New disks are portable data disks.',
      inferred('disks made so are attached and detached by clients', '5.13')
    ),
    statement('With an instance they go from CREATING to IN_USE directly.', unsaid('5.13'))
  ],
  run({ body, cloud, fail }) {
    const amount = body.diskAmount ?? 1
    if (body.diskNames && body.diskNames.length !== amount) {
      throw fail('INVALID_PARAMETER_VALUE', why('diskNames', `${amount} disks need as many names`))
    }
    if (body.instanceIds && body.instanceIds.length !== amount) {
      throw fail('INVALID_PARAMETER_VALUE', why('instanceIds', `${amount} disks need as many instances`))
    }
    if (hasDuplicateKeys(body.tags?.tags ?? [])) throw fail('INVALID_PARAMETER_VALUE', why('tags', 'a key comes twice'))

    const group = groupFor(cloud, body.resourceGroupId)
    if (!group) {
      throw fail('OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND', unknown('resourceGroupId', body.resourceGroupId))
    }
    const zone = cloud.findItem('zone', body.zoneId)
    if (!zone) throw fail('INVALID_ZONE_NOT_FOUND', unknownZone(cloud, body.zoneId))
    const snapshot = body.snapshotId === undefined ? undefined : cloud.findSnapshot(body.snapshotId)
    if (body.snapshotId !== undefined && !snapshot) {
      throw fail('INVALID_DISK_SNAPSHOT_NOT_FOUND', unknown('snapshotId', body.snapshotId))
    }
    // Cloud: the code for a snapshot in another zone is unknown, this one is proposed (zenlayer.md 5.13).
    if (snapshot && snapshot.zone !== zone.id) {
      throw fail(
        'INVALID_DISK_SNAPSHOT_NOT_FOUND',
        why('snapshotId', `${snapshot.id} is in zone ${snapshot.zone}`, snapshot.id)
      )
    }
    const oneForAll = body.instanceId === undefined ? [] : Array.from({ length: amount }, () => body.instanceId ?? '')
    const instanceIds = body.instanceIds ?? oneForAll
    const instanceMember = body.instanceIds ? 'instanceIds' : 'instanceId'
    const { rows: instances, unknownId } = lookUp(instanceIds, (id) => cloud.findInstance(id))
    if (unknownId !== undefined) throw fail('INVALID_INSTANCE_NOT_FOUND', unknown(instanceMember, unknownId))

    const elsewhere = instances.find((instance) => instance.zone !== zone.id)
    if (elsewhere) {
      throw fail('INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED', why('zoneId', `${elsewhere.id} is in ${elsewhere.zone}`))
    }
    if (snapshot) {
      const refusedSnapshot = snapshotRefusal('snapshotId', [snapshot], snapshotTable.CreateDisks)
      if (refusedSnapshot) throw fail(refusedSnapshot.code, refusedSnapshot.why)
      if (snapshot.kind !== 'DATA') {
        throw fail('OPERATION_DENIED_DISK_SYSTEM_TYPE', why('snapshotId', `${snapshot.id} is of a boot disk`))
      }
      if (body.diskSize < snapshot.sizeGiB) {
        throw fail(
          'INVALID_DISK_SNAPSHOT_SIZE_MISMATCH',
          why('diskSize', `the snapshot has ${snapshot.sizeGiB} GiB`, body.diskSize)
        )
      }
    }
    const refused = instanceRefusal(instanceMember, instances, instanceTable.CreateDisks)
    if (refused) throw fail(refused.code, refused.why)
    const wanted = (instance: InstanceRow) => instanceIds.filter((id) => id === instance.id).length
    const full = instances.find((instance) => !hasRoom(cloud, instance, wanted(instance)))
    if (full) throw fail('LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH', why(instanceMember, `${full.id} takes no more disks`))

    const orderNumber = cloud.newId('order')
    const diskIds = Array.from({ length: amount }, (_, index) => {
      const instance = instances.find((row) => row.id === instanceIds[index])
      const disk = cloud.createVolume({
        name: body.diskNames?.[index] ?? body.diskName,
        zone: zone.id,
        kind: 'DATA',
        group: group.id,
        sizeGiB: body.diskSize,
        detail: {
          serial: cloud.newId('serial'),
          category: body.diskCategory ?? 'Standard NVMe SSD',
          region: zone.detail.region,
          portable: true,
          bursting: body.burstingEnabled ?? false,
          snapshotAbility: zone.detail.snapshotSupport,
          order: 'settled',
          reinstalledAt: null,
          ...toTagged(body.tags, cloud.now)
        },
        instanceN: instance?.n,
        contentHash: snapshot?.contentHash
      })
      return disk.id
    })
    return { diskIds, orderNumber }
  }
})
