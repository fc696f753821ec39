import type { Resources } from '../../client/index.ts'

export type Kind = Resources['kind']
export const KINDS: readonly Kind[] = ['volumes', 'snapshots', 'policies', 'instances']

/** What each cloud calls them. */
const WORDS: Readonly<Record<string, Readonly<Record<Kind, string>>>> = {
  zenlayer: { volumes: 'disks', snapshots: 'snapshots', policies: 'policies', instances: 'instances' },
  baidu: { volumes: 'volumes', snapshots: 'snapshots', policies: 'policies', instances: 'instances' }
}
export function wordFor(provider: string, kind: Kind): string {
  return WORDS[provider]?.[kind] ?? kind
}

/** The members that a table begins with; all others are a choice away. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  'zenlayer volumes': [
    'diskStatus',
    'diskSize',
    'diskType',
    'zoneId',
    'instanceId',
    'autoSnapshotPolicyId',
    'createTime'
  ],
  'zenlayer snapshots': ['status', 'snapshotType', 'diskId', 'retentionTime', 'createTime'],
  'zenlayer policies': ['repeatWeekDays', 'hours', 'retentionDays', 'diskNum', 'zoneId', 'createTime'],
  'zenlayer instances': ['status', 'zoneId', 'instanceType', 'cpu', 'memory', 'createTime'],
  'baidu volumes': ['status', 'diskSizeInGB', 'type', 'storageType', 'zoneName', 'snapshotNum', 'createTime'],
  'baidu snapshots': ['status', 'createMethod', 'volumeId', 'sizeInGB', 'expireTime', 'createTime'],
  'baidu policies': ['status', 'timePoints', 'repeatWeekdays', 'retentionDays', 'volumeCount', 'lastExecuteTime'],
  'baidu instances': ['status', 'zoneName', 'spec', 'cpuCount', 'memoryCapacityInGB', 'createTime']
}
export function columnsFor(provider: string, kind: Kind): readonly string[] {
  return COLUMNS[`${provider} ${kind}`] ?? ['status']
}

/** A member as text: what stands in a cell, and what it is sorted by. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(textOf).join(' ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
