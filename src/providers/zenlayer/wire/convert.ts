import type { Static } from '@sinclair/typebox'
import { assert } from '../../../core/model/assert.ts'
import { isPattern } from '../../../core/model/patterns.ts'
import type {
  Instance,
  InstanceState,
  NameFilter,
  Origin,
  SnapshotState,
  Volume,
  VolumeFilter,
  Window
} from '../../../core/model/resources.ts'
import { fromInstantInSeconds, instantAt } from '../../../documents/instants.ts'
import type { Tagged, TagPair } from '../rules/shapes.ts'
import type { TagInput, Tags } from './schemas.ts'
import {
  ACTIVITY_OF,
  DISK_STATUSES,
  type DiskStatus,
  INSTANCE_STATE_OF,
  INSTANCE_STATUSES,
  type InstanceStatus,
  SNAPSHOT_STATE_OF,
  SNAPSHOT_STATUSES,
  type SnapshotStatus
} from './words.ts'

/** `2025-07-02T09:51:00Z` → epoch milliseconds. Schemas have checked that such a time exists. */
export const toInstant = instantAt
/** Cut to the second, as the cloud shows times. */
export const fromInstant = fromInstantInSeconds

/** `20260105T0800` as names of automatic snapshots carry it: `202601050800`. */
export function minuteStamp(at: number): string {
  const text = fromInstant(at)
  return text.slice(0, 4) + text.slice(5, 7) + text.slice(8, 10) + text.slice(11, 13) + text.slice(14, 16)
}

// Cloud: 1 = Monday … 7 = Sunday (zenlayer.md 4.2); the core counts 0 = Sunday … 6 = Saturday.
export function toWeekdays(repeatWeekDays: readonly number[]): number[] {
  return ascending(repeatWeekDays.map((day) => day % 7))
}
export function fromWeekdays(weekdays: readonly number[]): number[] {
  return ascending(weekdays.map((day) => (day === 0 ? 7 : day)))
}
/** Without duplicates: Terraform sends sets in hash order (zenlayer.md 5.6). */
export function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}

export function toRetentionDays(days: number | undefined): number | null {
  return days === undefined || days === -1 ? null : days
}
export function fromRetentionDays(days: number | null): number {
  return days ?? -1
}

/** What a disk shows: at rest it is `IN_USE` or `AVAILABLE`, by whether it is attached. */
export function diskStatusOf(volume: Pick<Volume, 'activity' | 'instanceN'>): DiskStatus {
  if (volume.activity === 'idle') return volume.instanceN === null ? 'AVAILABLE' : 'IN_USE'
  const status = DISK_STATUSES.find(
    (word) => word !== 'AVAILABLE' && word !== 'IN_USE' && ACTIVITY_OF[word] === volume.activity
  )
  assert(status !== undefined, `no disk of Zenlayer is ${volume.activity}`)
  return status
}
export function toDiskStatusFilter(status: DiskStatus): Pick<VolumeFilter, 'activities' | 'attached'> {
  if (status === 'AVAILABLE') return { activities: ['idle'], attached: false }
  if (status === 'IN_USE') return { activities: ['idle'], attached: true }
  return { activities: [ACTIVITY_OF[status]] }
}

export function snapshotStatusOf(state: SnapshotState): SnapshotStatus {
  const status = SNAPSHOT_STATUSES.find((word) => SNAPSHOT_STATE_OF[word] === state)
  assert(status !== undefined, `no snapshot of Zenlayer is ${state}`)
  return status
}
export function toSnapshotState(status: SnapshotStatus): SnapshotState {
  return SNAPSHOT_STATE_OF[status]
}

export function fromOrigin(origin: Origin): 'Auto' | 'Manual' {
  return origin === 'policy' ? 'Auto' : 'Manual'
}
export function toOrigin(type: 'Auto' | 'Manual'): Origin {
  return type === 'Auto' ? 'policy' : 'manual'
}

export function instanceStatusOf(instance: Pick<Instance, 'state'>): InstanceStatus {
  const status = INSTANCE_STATUSES.find((word) => toInstanceState(word) === instance.state)
  assert(status !== undefined, `no instance of Zenlayer is ${instance.state}`)
  return status
}
export function toInstanceState(status: InstanceStatus): InstanceState {
  return INSTANCE_STATE_OF[status] ?? status
}

const LITERAL = /^[^\\^$.|?*+()[\]{}]*$/
/**
 * Cloud: name filters are patterns searched for anywhere in the name; the CSI driver anchors them and makes duplicates
 * where that isn't honoured (zenlayer.md 1.10). What doesn't compile is plain text.
 */
export function toNameFilter(pattern: string): NameFilter {
  if (LITERAL.test(pattern)) return { contains: pattern }
  if (pattern.startsWith('^')) {
    const rest = pattern.slice(1)
    if (LITERAL.test(rest)) return { startsWith: rest }
    if (rest.endsWith('$') && LITERAL.test(rest.slice(0, -1))) return { is: rest.slice(0, -1) }
  }
  return isPattern(pattern) ? { matches: pattern } : { contains: pattern }
}
const PAGE_SIZE = 20
/** No world holds that many rows, and SQLite takes no offset beyond 64 bits. */
const LAST_OFFSET = 2 ** 40
export function toWindow(page: { readonly pageNum?: number; readonly pageSize?: number }): Window {
  const limit = page.pageSize ?? PAGE_SIZE
  return { offset: Math.min(((page.pageNum ?? 1) - 1) * limit, LAST_OFFSET), limit }
}

type TagInputs = readonly Static<typeof TagInput>[]
export function toTagPairs(tags: TagInputs): TagPair[] {
  return tags.map(({ key, value }) => [key, value ?? ''])
}
export function fromTagPairs(tags: readonly TagPair[]): Static<typeof Tags> {
  return { tags: tags.map(([key, value]) => ({ key, value })) }
}
/** What a new resource keeps of its tags. */
export function toTagged(association: { readonly tags?: TagInputs } | undefined, at: number): Tagged {
  const tags = toTagPairs(association?.tags ?? [])
  return { tags, tagTimes: tags.map(() => at) }
}
/** Tags that are set anew keep their time if they stay the same; the others stay; then some go. */
export function changeTags(old: Tagged, replace: TagInputs, deleteKeys: readonly string[], at: number): Tagged {
  const kept = new Map(old.tags.map(([key, value], index) => [key, { value, at: old.tagTimes[index] ?? at }]))
  for (const [key, value] of toTagPairs(replace)) {
    if (kept.get(key)?.value !== value) kept.set(key, { value, at })
  }
  for (const key of deleteKeys) kept.delete(key)
  return { tags: [...kept].map(([key, tag]) => [key, tag.value]), tagTimes: [...kept.values()].map((tag) => tag.at) }
}
export function hasDuplicateKeys(tags: TagInputs): boolean {
  return new Set(tags.map((tag) => tag.key)).size < tags.length
}

/** Duplicate ids in one call count once (zenlayer.md 3.3). */
export function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
