import type { Why } from '../../../core/model/journal.ts'
import type { Place } from '../../../core/model/resources.ts'
import type { ApiError } from '../../provider.ts'
import type { BaiduCloud, BaiduInstance, BaiduVolume } from '../rules/shapes.ts'
import { isSteady, SHOWN_ACTIVITIES } from '../rules/states.ts'
import { isShown } from './convert.ts'
import { unknownMarker } from './reasons.ts'

/** A volume that clients can see: one in the recycle bin answers like a missing one (baidu.md 5.3.6, Q33). */
export function findVolume(cloud: BaiduCloud, id: string): BaiduVolume | undefined {
  const volume = cloud.findVolume(id)
  return volume && isShown(volume) ? volume : undefined
}

export function systemVolumeOf(cloud: BaiduCloud, instance: BaiduInstance): BaiduVolume | undefined {
  return cloud.volumesFrom({ instanceN: instance.n, kind: 'System' }, { limit: 1 })[0]
}

/** Cloud: snapshots name a system disk by its instance; its own id is taken, too (baidu.md 5.2.1). */
export function findVolumeOrSystem(cloud: BaiduCloud, id: string): BaiduVolume | undefined {
  const instance = cloud.findInstance(id)
  return findVolume(cloud, id) ?? (instance && systemVolumeOf(cloud, instance))
}

/** The zones of this world, in the order of its seed. */
export function zonesOf(cloud: BaiduCloud): readonly string[] {
  return cloud.items('zone').map((zone) => zone.id)
}

/** Snapshots of system disks are made and rolled back only while the instance runs or stands (baidu.md 5.2.1, 5.3.8). */
export function isInstanceSteady(cloud: BaiduCloud, volume: BaiduVolume): boolean {
  return volume.instanceN === null || isSteady(cloud.instanceOf(volume.instanceN))
}

/** All data disks that clients can see. */
export function dataVolumes(cloud: BaiduCloud): readonly BaiduVolume[] {
  return cloud.volumesFrom({ kind: 'Cds', activities: SHOWN_ACTIVITIES }, { limit: Number.MAX_SAFE_INTEGER })
}

/**
 * Where the page of a marker starts; undefined: at the oldest. Cloud: proposed, a marker whose item is gone starts at what
 * came next, and one that never named an item of that list is refused (baidu.md 1.8).
 */
export function startOf(
  cloud: BaiduCloud,
  kind: 'instance' | 'policy' | 'snapshot' | 'volume',
  marker: string | undefined,
  fail: (code: 'BadRequest', why: Why) => ApiError
): Place | undefined {
  if (marker === undefined) return undefined
  const place = cloud.placeOf(kind, marker)
  if (!place) throw fail('BadRequest', unknownMarker(marker))
  return place
}
