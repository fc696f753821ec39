import type { Item } from '../../../core/model/resources.ts'
import type { BaiduCloud, BaiduSnapshot, ShareDetail } from '../rules/shapes.ts'
import { fromInstant } from '../wire/convert.ts'
import type { ShareWire } from '../wire/schemas.ts'
import { ACCOUNT_ID } from './regions.ts'

export type Share = Item<ShareDetail>

/** Neither system disks' snapshots nor encrypted ones are shared (baidu.md 5.2.10). */
export function isShareable(snapshot: BaiduSnapshot): boolean {
  return snapshot.kind !== 'System' && !snapshot.detail.encrypted
}

export function sharesOf(cloud: BaiduCloud, snapshotId: string): readonly Share[] {
  return cloud.items('share').filter((share) => share.detail.snapshotId === snapshotId)
}

export function shareOut(cloud: BaiduCloud, { id, createdAt, detail }: Share): ShareWire {
  return {
    sourceSnapshotId: detail.snapshotId,
    sourceSnapshotUuid: '',
    snapshotId: id,
    sourceAccountId: ACCOUNT_ID,
    accountId: detail.accountId,
    snapshotType: 'Cds',
    name: detail.name,
    sizeInGB: detail.sizeGiB,
    shareTime: fromInstant(createdAt),
    desc: detail.desc,
    // Cloud: `UnShare` is the other word; a cancelled row is gone instead (baidu.md 5.2.12).
    shareStatus: 'Sharing',
    encryptKey: '',
    isSourceDeleted: cloud.findSnapshot(detail.snapshotId) === undefined
  }
}
