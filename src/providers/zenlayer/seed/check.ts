import type { Static } from '@sinclair/typebox'
import { hasDuplicateKeys } from '../wire/convert.ts'
import type { DiskStatus } from '../wire/words.ts'
import type { DiskSeed, Section } from './schema.ts'

export interface Fault {
  /** A JSON pointer within the section. */
  readonly path: string
  readonly reason: string
}

type Zones = ReadonlyMap<string | undefined, string>

const ALWAYS_ATTACHED: readonly DiskStatus[] = ['IN_USE', 'ATTACHING', 'DETACHING']
const NEVER_ATTACHED: readonly DiskStatus[] = ['AVAILABLE', 'RECYCLED', 'RECYCLING', 'DELETING', 'FAILED']

/** What is wrong with a seed beyond the form of its members: all of it, not only the first. */
export function faultsOf(section: Section): readonly Fault[] {
  const { resourceGroups = [], zones = [], instances = [], policies = [], disks = [], snapshots = [] } = section
  const faults: Fault[] = []
  const fault = (path: string, reason: string) => faults.push({ path, reason })

  const unique = (list: string, member: string, ids: readonly (string | undefined)[]) => {
    const seen = new Set<string>()
    for (const [index, id] of ids.entries()) {
      if (id !== undefined && seen.has(id)) fault(`/${list}/${index}/${member}`, `${id} comes twice`)
      if (id !== undefined) seen.add(id)
    }
    return seen
  }
  const groupIds = unique(
    'resourceGroups',
    'resourceGroupId',
    resourceGroups.map((group) => group.resourceGroupId)
  )
  const zoneIds = unique(
    'zones',
    'zoneId',
    zones.map((zone) => zone.zoneId)
  )
  unique(
    'instances',
    'instanceId',
    instances.map((instance) => instance.instanceId)
  )
  const policyIds = unique(
    'policies',
    'autoSnapshotPolicyId',
    policies.map((policy) => policy.autoSnapshotPolicyId)
  )
  const diskIds = unique(
    'disks',
    'diskId',
    disks.map((disk) => disk.diskId)
  )
  unique(
    'snapshots',
    'snapshotId',
    snapshots.map((snapshot) => snapshot.snapshotId)
  )
  const firstDefault = resourceGroups.findIndex((group) => group.isDefault === true)
  for (const [index, group] of resourceGroups.entries()) {
    if (group.isDefault === true && index !== firstDefault)
      fault(`/resourceGroups/${index}/isDefault`, 'there is another default')
  }

  const known = (path: string, ids: ReadonlySet<string>, id: string | undefined, kind: string) => {
    if (id !== undefined && !ids.has(id)) fault(path, `there is no ${kind} ${id} in this seed`)
  }
  const lists = { instances, policies, disks, snapshots }
  for (const [list, rows] of Object.entries(lists)) {
    for (const [index, row] of rows.entries()) {
      known(`/${list}/${index}/zoneId`, zoneIds, row.zoneId, 'zone')
      known(`/${list}/${index}/resourceGroupId`, groupIds, row.resourceGroupId, 'resource group')
      if ('tags' in row && hasDuplicateKeys(row.tags ?? [])) fault(`/${list}/${index}/tags`, 'a key comes twice')
    }
  }
  for (const [index, policy] of policies.entries()) {
    if (policy.retentionDays === 0) fault(`/policies/${index}/retentionDays`, 'is -1 or 1 to 65535')
  }
  /** What a disk names is there, and in the disk's zone. */
  const near = (path: string, zonesOf: Zones, id: string | undefined, kind: string, zone: string) => {
    const itsZone = zonesOf.get(id)
    if (id === undefined || itsZone === zone) return
    fault(path, itsZone === undefined ? `there is no ${kind} ${id} in this seed` : `the ${kind} is in zone ${itsZone}`)
  }
  const instanceZones = new Map(instances.map((instance) => [instance.instanceId, instance.zoneId]))
  const policyZones = new Map(policies.map((policy) => [policy.autoSnapshotPolicyId, policy.zoneId]))
  for (const [index, disk] of disks.entries()) {
    const path = `/disks/${index}`
    const attachment = attachmentFault(disk)
    if (attachment) fault(`${path}/diskStatus`, attachment)
    if (disk.expiredTime !== undefined && disk.diskStatus !== 'RECYCLED') {
      fault(`${path}/expiredTime`, 'only a RECYCLED disk has one')
    }
    near(`${path}/instanceId`, instanceZones, disk.instanceId, 'instance', disk.zoneId)
    near(`${path}/autoSnapshotPolicyId`, policyZones, disk.autoSnapshotPolicyId, 'policy', disk.zoneId)
  }
  for (const [index, snapshot] of snapshots.entries()) {
    known(`/snapshots/${index}/diskId`, diskIds, snapshot.diskId, 'disk')
    known(`/snapshots/${index}/autoSnapshotPolicyId`, policyIds, snapshot.autoSnapshotPolicyId, 'policy')
  }
  return faults
}

function attachmentFault(disk: Static<typeof DiskSeed>): string | undefined {
  const { diskStatus: status, instanceId } = disk
  if (status === undefined) return undefined
  if (instanceId === undefined && ALWAYS_ATTACHED.includes(status)) return `${status} needs an instanceId`
  if (instanceId !== undefined && NEVER_ATTACHED.includes(status)) return `${status} excludes an instanceId`
  return undefined
}
