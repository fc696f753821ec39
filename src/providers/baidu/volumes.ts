import type { BaiduCloud, BaiduInstance, VolumeDetail } from './shapes.ts'

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
const VOLUMES_MAX = 1000

/** The first device path of an instance that none of its volumes has. */
export function freeDevice(cloud: BaiduCloud, instance: BaiduInstance): string {
  const volumes = cloud.volumesFrom({ instanceN: instance.n }, { limit: VOLUMES_MAX })
  const taken = new Set(volumes.map((volume) => volume.detail.device))
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
