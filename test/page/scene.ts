import type { World } from '../../src/client/index.ts'
import { baidu, DISK, VOLUME, zenlayer } from './clients.ts'

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

/** A world in which there is something to see: policies of both clouds, a skipped firing, refused calls, a fault. */
export async function arrange(world: World): Promise<void> {
  const policy = async (name: string, hours: readonly number[], retentionDays: number, diskIds: readonly string[]) => {
    const { body } = await zenlayer(world, 'CreateAutoSnapshotPolicy', {
      ...{ zoneId: 'asia-east-1a', autoSnapshotPolicyName: name, repeatWeekDays: EVERY_DAY, hours, retentionDays }
    })
    await zenlayer(world, 'ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: body.autoSnapshotPolicyId, diskIds })
  }
  await policy('nightly', [2], 7, ['1700000000000000101'])
  await zenlayer(world, 'CreateDisks', { zoneId: 'asia-east-1a', diskName: 'database', diskSize: 60, diskAmount: 2 })
  const { resources } = await world.resources.list('zenlayer', 'volumes', { text: 'database' })
  const every = Array.from({ length: 24 }, (_, hour) => hour)
  await policy(
    'hourly',
    every,
    14,
    resources.map(({ id }) => id)
  )
  await baidu(world, 'PUT', `/v2/volume/${VOLUME}?attach`, { instanceId: 'i-Starter1' })
  const asp = { name: 'weekdays', timePoints: [20], repeatWeekdays: [1, 2, 3, 4, 5], retentionDays: 14 }
  const { aspId } = await baidu(world, 'POST', '/v2/asp', asp)
  await baidu(world, 'PUT', `/v2/asp/${aspId}?attach`, { volumeIds: [VOLUME, 'v-Starter1'] })
  await world.clock.advance('P9D')
  const upgrade = {
    diskId: '1700000000000000101',
    snapshotName: 'before-upgrade',
    retentionTime: '2026-01-29T00:00:00Z'
  }
  await zenlayer(world, 'CreateSnapshot', upgrade)
  await baidu(world, 'PUT', `/v2/volume/${VOLUME}?detach`, { instanceId: 'i-Starter1' })
  await world.clock.advance('P6D')
  await world.settings.patch({ 'delays.zenlayer.snapshotCreateMs': 7_200_000 })
  await zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: 'slow' })
  await zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: 'again', colour: 'blue' })
  await world.checkpoints.save('before-upgrade')
}
