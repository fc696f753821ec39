import type { Static } from '@sinclair/typebox'
import { type PathWrong, Told } from '../../../documents/reading.ts'
import type { Path } from '../../../documents/walk.ts'
import { hasDuplicateKeys } from '../wire/convert.ts'
import type { DiskStatus } from '../wire/words.ts'
import type { DiskSeed, Section } from './schema.ts'

type Zones = ReadonlyMap<string | undefined, string>

const ALWAYS_ATTACHED: readonly DiskStatus[] = ['IN_USE', 'ATTACHING', 'DETACHING']
const NEVER_ATTACHED: readonly DiskStatus[] = ['AVAILABLE', 'RECYCLED', 'RECYCLING', 'DELETING', 'FAILED']

/** What is wrong with a section beyond the form of its members: not only the first thing. */
export function* wrongsIn(section: Section): Generator<undefined, Told<PathWrong>> {
  const { resourceGroups = [], zones = [], instances = [], policies = [], disks = [], snapshots = [] } = section
  const wrongs = new Told<PathWrong>()
  const note = (path: Path, reason: string) => wrongs.add(() => ({ path, reason }))

  function* unique(list: string, member: string, ids: readonly (string | undefined)[]) {
    const seen = new Set<string>()
    for (const [index, id] of ids.entries()) {
      if (id !== undefined && seen.has(id)) note([list, index, member], `${id} comes twice`)
      if (id !== undefined) seen.add(id)
      yield undefined
    }
    return seen
  }
  const groupIds = yield* unique(
    'resourceGroups',
    'resourceGroupId',
    resourceGroups.map((group) => group.resourceGroupId)
  )
  const zoneIds = yield* unique(
    'zones',
    'zoneId',
    zones.map((zone) => zone.zoneId)
  )
  yield* unique(
    'instances',
    'instanceId',
    instances.map((instance) => instance.instanceId)
  )
  const policyIds = yield* unique(
    'policies',
    'autoSnapshotPolicyId',
    policies.map((policy) => policy.autoSnapshotPolicyId)
  )
  const diskIds = yield* unique(
    'disks',
    'diskId',
    disks.map((disk) => disk.diskId)
  )
  yield* unique(
    'snapshots',
    'snapshotId',
    snapshots.map((snapshot) => snapshot.snapshotId)
  )
  const firstDefault = resourceGroups.findIndex((group) => group.isDefault === true)
  for (const [index, group] of resourceGroups.entries()) {
    if (group.isDefault === true && index !== firstDefault)
      note(['resourceGroups', index, 'isDefault'], 'there is another default')
  }

  const known = (path: Path, ids: ReadonlySet<string>, id: string | undefined, kind: string) => {
    if (id !== undefined && !ids.has(id)) note(path, `there is no ${kind} ${id} in this seed`)
  }
  const lists = { instances, policies, disks, snapshots }
  for (const [list, rows] of Object.entries(lists)) {
    for (const [index, row] of rows.entries()) {
      known([list, index, 'zoneId'], zoneIds, row.zoneId, 'zone')
      known([list, index, 'resourceGroupId'], groupIds, row.resourceGroupId, 'resource group')
      if ('tags' in row && hasDuplicateKeys(row.tags ?? [])) note([list, index, 'tags'], 'a key comes twice')
      yield undefined
    }
  }
  for (const [index, policy] of policies.entries()) {
    if (policy.retentionDays === 0) note(['policies', index, 'retentionDays'], 'is -1 or 1 to 65535')
  }
  /** What a disk names is there, and in the disk's zone. */
  const near = (path: Path, zonesOf: Zones, id: string | undefined, kind: string, zone: string) => {
    const itsZone = zonesOf.get(id)
    if (id === undefined || itsZone === zone) return
    note(path, itsZone === undefined ? `there is no ${kind} ${id} in this seed` : `the ${kind} is in zone ${itsZone}`)
  }
  const instanceZones = new Map(instances.map((instance) => [instance.instanceId, instance.zoneId]))
  const policyZones = new Map(policies.map((policy) => [policy.autoSnapshotPolicyId, policy.zoneId]))
  for (const [index, disk] of disks.entries()) {
    const path = ['disks', index] as const
    const attachment = attachmentWrong(disk)
    if (attachment) note([...path, 'diskStatus'], attachment)
    if (disk.expiredTime !== undefined && disk.diskStatus !== 'RECYCLED') {
      note([...path, 'expiredTime'], 'only a RECYCLED disk has one')
    }
    near([...path, 'instanceId'], instanceZones, disk.instanceId, 'instance', disk.zoneId)
    near([...path, 'autoSnapshotPolicyId'], policyZones, disk.autoSnapshotPolicyId, 'policy', disk.zoneId)
    yield undefined
  }
  for (const [index, snapshot] of snapshots.entries()) {
    known(['snapshots', index, 'diskId'], diskIds, snapshot.diskId, 'disk')
    known(['snapshots', index, 'autoSnapshotPolicyId'], policyIds, snapshot.autoSnapshotPolicyId, 'policy')
    yield undefined
  }
  return wrongs
}

function attachmentWrong(disk: Static<typeof DiskSeed>): string | undefined {
  const { diskStatus: status, instanceId } = disk
  if (status === undefined) return undefined
  if (instanceId === undefined && ALWAYS_ATTACHED.includes(status)) return `${status} needs an instanceId`
  if (instanceId !== undefined && NEVER_ATTACHED.includes(status)) return `${status} excludes an instanceId`
  return undefined
}
