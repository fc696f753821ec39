/** What can be bought. Sizes are those of the page; prices, specs and images are invented and constant. */
import { ifGiven } from '../../wire/given.ts'
export const DISK_SIZES = { min: 5, max: 32_765 } as const

/** Storage types with a price per GB and month in yuan. */
const STORAGE_PRICES: readonly (readonly [storageType: string, pricePerGiB: number])[] = [
  ['hp1', 0.75],
  ['cloud_hp1', 1],
  ['std1', 0.3],
  ['hdd', 0.3],
  ['enhanced_ssd_pl1', 1],
  ['enhanced_ssd_pl2', 2],
  ['enhanced_ssd_pl3', 4]
]
export const STORAGE_TYPES = STORAGE_PRICES.map(([storageType]) => storageType)
const OTHER_PRICE = 1

export function pricePerGiB(storageType: string): number {
  return STORAGE_PRICES.find(([type]) => type === storageType)?.[1] ?? OTHER_PRICE
}

export function diskInfos(): { storageType: string; minDiskSize: number; maxDiskSize: number }[] {
  return STORAGE_TYPES.map((storageType) => ({
    storageType,
    minDiskSize: DISK_SIZES.min,
    maxDiskSize: DISK_SIZES.max
  }))
}
/** No quota is enforced (Q34); this is what the answers name as capacity. */
export const CAPACITY_GIB = 1_048_576
export const DISKS_TOTAL = 10_000

const TYPES = ['N1', 'N2', 'N3', 'N4', 'N5'] as const
const CPU_COUNTS = [1, 2, 4, 8, 12, 16, 24, 32] as const
const GIB_PER_CPU = [1, 2, 4, 8] as const
/** Each family of general instances in every usual size. */
export const INSTANCE_SPECS = TYPES.flatMap((type, family) =>
  CPU_COUNTS.flatMap((cpuCount) =>
    GIB_PER_CPU.map((ratio) => ({
      type,
      name: `bcc.g${family + 1}.c${cpuCount}m${cpuCount * ratio}`,
      cpuCount,
      memorySizeInGB: cpuCount * ratio,
      localDiskSizeInGB: 0
    }))
  )
)

/** What a spec's name says: `bcc.g5.c2m8` has 2 CPUs and 8 GB. */
export function shapeOfSpec(spec: string): {
  readonly instanceType: string | undefined
  readonly cpuCount: number | undefined
  readonly memoryGiB: number | undefined
} {
  const known = INSTANCE_SPECS.find(({ name }) => name === spec)
  const [, cpus, gib] = /\.c(\d{1,4})m(\d{1,5})(?:\.|$)/.exec(spec) ?? []
  return {
    instanceType: known?.type,
    cpuCount: ifGiven(cpus, Number),
    memoryGiB: ifGiven(gib, Number)
  }
}

const SYSTEM_DISK_TYPES = ['cloud_hp1', 'hp1', 'enhanced_ssd_pl1', 'enhanced_ssd_pl2', 'enhanced_ssd_pl3']

/** The same sizes as ListFlavorSpec shows them, a group for each family. */
export function flavorGroups() {
  return TYPES.map((type, family) => ({
    groupId: `g${family + 1}`,
    flavors: INSTANCE_SPECS.filter((spec) => spec.type === type).map(({ name, cpuCount, memorySizeInGB }) => ({
      cpuCount,
      memoryCapacityInGB: memorySizeInGB,
      ephemeralDiskInGb: 0,
      ephemeralDiskCount: 0,
      ephemeralDiskType: '',
      gpuCardType: '',
      gpuCardCount: 0,
      fpgaCardType: '',
      fpgaCardCount: 0,
      productType: 'ALL',
      spec: name,
      specId: `g${family + 1}`,
      flavorSubType: 'general',
      cpuModel: 'Intel Xeon',
      cpuGHz: '2.6GHz',
      networkBandwidth: `${Math.min(cpuCount, 16)}Gbps`,
      networkPackage: `${cpuCount * 20}w`,
      // Cloud: text here, where the other counts are numbers.
      netEthQueueCount: String(Math.min(cpuCount, 8)),
      enableJumboFrame: false,
      nicIpv4Quota: 8,
      nicIpv6Quota: 8,
      eniQuota: 4,
      eriQuota: 0,
      volumeCount: 16,
      systemDiskType: SYSTEM_DISK_TYPES,
      dataDiskType: STORAGE_TYPES
    }))
  }))
}

export const IMAGES = [
  { id: 'm-CentOS79', osName: 'CentOS', osVersion: '7.9', osType: 'linux' },
  { id: 'm-Ubuntu22', osName: 'Ubuntu', osVersion: '22.04 LTS', osType: 'linux' },
  { id: 'm-Debian12', osName: 'Debian', osVersion: '12.1', osType: 'linux' },
  { id: 'm-WinSrv22', osName: 'Windows Server', osVersion: '2022', osType: 'windows' }
].map((image) => ({
  ...image,
  name: `${image.osName} ${image.osVersion} x86_64 (64bit)`,
  type: 'System',
  osArch: 'x86_64 (64bit)',
  status: 'Available',
  desc: '',
  createTime: '2024-01-01T00:00:00Z'
}))
