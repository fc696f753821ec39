import type { VolumeSummary } from '../../../core/model/cloud.ts'
import type { BaiduCloud, BaiduVolume } from '../rules/shapes.ts'
import { fromInstant, isShown, NOTHING } from '../wire/convert.ts'
import { findVolumeOrSystem } from '../wire/lookups.ts'
import type { ChainWire } from '../wire/schemas.ts'
import { ACCOUNT_ID } from './regions.ts'

/** The snapshot chain of a volume is named by the volume's number, unless a seed names it. */
export function chainIdOf(cloud: BaiduCloud, volume: BaiduVolume): string {
  return volume.detail.chainId ?? cloud.idOf('chain', volume.n)
}

/** One chain per volume that has snapshots: it lives until the last of them goes (baidu.md 5.2.7, Q26). */
export function chainsOf(cloud: BaiduCloud, volumeId?: string): ChainWire[] {
  const volume = volumeId === undefined ? undefined : findVolumeOrSystem(cloud, volumeId)
  const filter = volumeId === undefined ? {} : { volumeNs: [volume?.n ?? NOTHING] }
  return cloud.snapshotsByVolume(filter).flatMap((summary) => {
    const owner = cloud.volumeOf(summary.volumeN)
    return owner ? [chainOut(cloud, owner, summary)] : []
  })
}

/** The volume whose snapshots are this chain, gone or not. */
export function volumeOfChain(cloud: BaiduCloud, chainId: string): BaiduVolume | undefined {
  return cloud
    .snapshotsByVolume({})
    .map(({ volumeN }) => cloud.volumeOf(volumeN))
    .find((volume) => volume && chainIdOf(cloud, volume) === chainId)
}

function chainOut(cloud: BaiduCloud, volume: BaiduVolume, summary: VolumeSummary): ChainWire {
  const instance = volume.instanceN === null ? undefined : cloud.instanceOf(volume.instanceN)
  return {
    chainId: chainIdOf(cloud, volume),
    status: 'Available',
    chainSize: String(summary.sizeGiB),
    instanceId: instance?.id,
    userId: ACCOUNT_ID,
    volumeId: isShown(volume) ? volume.id : undefined,
    volumeSize: volume.sizeGiB,
    manualSnapCount: summary.manualCount,
    autoSnapCount: summary.autoCount,
    createTime: fromInstant(summary.createdAt)
  }
}
