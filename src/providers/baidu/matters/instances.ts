import type { BaiduCloud, BaiduInstance, InstanceDetail } from '../rules/shapes.ts'
import { newDetail, SYSTEM_DEVICE } from './volumes.ts'

/** What an instance is before anybody said anything about it; without a spec, which none may invent (baidu.md 4.10). */
export function newInstanceDetail(): InstanceDetail {
  return {
    imageId: 'm-CentOS79',
    instanceType: 'N3',
    spec: '',
    cpuCount: 1,
    memoryGiB: 1,
    cardCount: '0',
    localDiskGiB: 0,
    paymentTiming: 'Postpaid',
    paidUntil: null,
    internalIp: '192.168.0.2',
    publicIp: '',
    subnetId: '',
    vpcId: '',
    deletionProtection: 0,
    autoRenew: false,
    tags: []
  }
}

export const SYSTEM_SIZE_GIB = 40
export const SYSTEM_STORAGE = 'cloud_hp1'

interface SystemVolume {
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly sizeGiB?: number | undefined
  readonly storageType?: string | undefined
}

/** The System volume that every instance has, attached from the start (baidu.md 5.4). */
export function addSystemVolume(cloud: BaiduCloud, instance: BaiduInstance, volume: SystemVolume): void {
  const { paymentTiming, paidUntil } = instance.detail
  cloud.createVolume({
    id: volume.id,
    createdAt: instance.createdAt,
    name: volume.name ?? `${instance.name}-system`.slice(0, 65),
    zone: instance.zone,
    kind: 'System',
    group: '',
    sizeGiB: volume.sizeGiB ?? SYSTEM_SIZE_GIB,
    instanceN: instance.n,
    activity: 'idle',
    detail: {
      ...newDetail(),
      storageType: volume.storageType ?? SYSTEM_STORAGE,
      paymentTiming,
      paidUntil,
      device: SYSTEM_DEVICE,
      attachedAt: instance.createdAt
    }
  })
}
