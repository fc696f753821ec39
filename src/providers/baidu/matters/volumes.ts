import type { BaiduCloud, BaiduInstance, BaiduVolume, VolumeDetail } from '../rules/shapes.ts'

/** What a new volume's detail is before anybody said anything about it. */
export function newDetail(): VolumeDetail {
  return {
    description: '',
    storageType: 'hp1',
    extraIo: 0,
    paymentTiming: 'Postpaid',
    paidUntil: null,
    autoRenewal: null,
    sourceSnapshotId: null,
    shareSnapshotId: null,
    tags: [],
    resourceGroups: [],
    encrypted: false,
    encryptKey: '',
    clusterId: '',
    deleteProtection: false,
    deleteWithInstance: false,
    deleteAutoSnapshot: false,
    productCategory: 'BCC',
    device: '',
    attachedAt: null,
    chainId: null,
    chainTags: [],
    listed: true,
    statusWord: null
  }
}

/** Where an instance sees its system volume; data volumes follow from `/dev/vdb` on (baidu.md 4.6). */
export const SYSTEM_DEVICE = '/dev/vda'

/** Volumes that are still made and will then be attached to the instance. */
export function volumesComingTo(cloud: BaiduCloud, instance: BaiduInstance): readonly BaiduVolume[] {
  const creating = cloud.volumesFrom({ activities: ['creating'] }, { limit: Number.MAX_SAFE_INTEGER })
  return creating.filter((volume) => volume.pending?.instanceN === instance.n)
}

/** The first device path of an instance that none of its volumes has. */
export function freeDevice(cloud: BaiduCloud, instance: BaiduInstance): string {
  const attached = cloud.volumesFrom({ instanceN: instance.n }, { limit: Number.MAX_SAFE_INTEGER })
  const taken = new Set([...attached, ...volumesComingTo(cloud, instance)].map((volume) => volume.detail.device))
  let index = 1
  while (taken.has(devicePath(index))) index++
  return devicePath(index)
}

/** 0 is `/dev/vda`, 25 `/dev/vdz`, 26 `/dev/vdaa`, as Linux counts. */
function devicePath(index: number): string {
  let letters = ''
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    letters = String.fromCharCode(97 + (rest % 26)) + letters
  }
  return `/dev/vd${letters}`
}
