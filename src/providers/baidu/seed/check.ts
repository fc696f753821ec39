import { type PathWrong, Told } from '../../../documents/reading.ts'
import type { Path } from '../../../documents/walk.ts'
import type { Section, VolumeSeed } from './schema.ts'

const ATTACHED = ['InUse', 'Attaching', 'Detaching']
const UNATTACHED = ['Available', 'Creating', 'Recycled', 'Deleted', 'Deleting']
/** Where a section has no zones: those that clients look for (baidu.md 5.4). */
export const ZONES = ['cn-bj-a', 'cn-bj-e']

/** What is wrong with a section beyond the form of its members: not only the first thing. */
export function* wrongsIn(section: Section): Generator<undefined, Told<PathWrong>> {
  const { zones = ZONES, instances = [], policies = [], volumes = [], snapshots = [], shares = [] } = section
  const wrongs = new Told<PathWrong>()
  const note = (path: Path, reason: string) => wrongs.add(() => ({ path, reason }))

  function* idsOf(list: string, member: string, ids: readonly (string | undefined)[]) {
    const seen = new Set<string>()
    for (const [index, id] of ids.entries()) {
      if (id === undefined) continue
      if (seen.has(id)) note([list, index, member], `${id} comes twice`)
      seen.add(id)
      yield undefined
    }
    return seen
  }
  const idOf = ({ id }: { readonly id?: string }) => id
  const instanceIds = yield* idsOf('instances', 'id', instances.map(idOf))
  const policyIds = yield* idsOf('policies', 'id', policies.map(idOf))
  const volumeIds = yield* idsOf('volumes', 'id', volumes.map(idOf))
  const snapshotIds = yield* idsOf('snapshots', 'id', snapshots.map(idOf))
  yield* idsOf(
    'shares',
    'snapshotId',
    shares.map((share) => share.snapshotId)
  )
  for (const [index, { systemVolume }] of instances.entries()) {
    const id = systemVolume?.id
    if (id !== undefined && volumeIds.has(id)) note(['instances', index, 'systemVolume', 'id'], `${id} comes twice`)
    if (id !== undefined) volumeIds.add(id)
  }
  const isKnown = (path: Path, ids: ReadonlySet<string>, id: string | undefined, what: string) => {
    if (id !== undefined && !ids.has(id)) note(path, `there is no ${what} ${id} in this section`)
  }
  const zoneNames = new Set(zones)
  if (zones.length === 0 && instances.length + volumes.length > 0)
    note(['zones'], 'is empty, and nothing can be without')
  const instanceOf = new Map(instances.map((instance) => [instance.id, instance]))

  for (const [index, instance] of instances.entries()) {
    isKnown(['instances', index, 'zoneName'], zoneNames, instance.zoneName, 'zone')
  }
  for (const [index, volume] of volumes.entries()) {
    const at = ['volumes', index] as const
    isKnown([...at, 'zoneName'], zoneNames, volume.zoneName, 'zone')
    isKnown([...at, 'instanceId'], instanceIds, volume.instanceId, 'instance')
    isKnown([...at, 'autoSnapshotPolicyId'], policyIds, volume.autoSnapshotPolicyId, 'policy')
    const reason = attachmentProblem(volume)
    if (reason) note([...at, 'status'], reason)
    const instance = volume.instanceId === undefined ? undefined : instanceOf.get(volume.instanceId)
    const zone = instance?.zoneName ?? zones[0]
    if (instance && volume.zoneName !== undefined && volume.zoneName !== zone) {
      note([...at, 'zoneName'], `its instance is in ${zone}`)
    }
    if (volume.type === 'System' && instance?.systemVolume) {
      note([...at, 'type'], `instance ${volume.instanceId} has a systemVolume already`)
    }
    if (volume.paymentTiming !== 'Prepaid' && volume.expireTime !== undefined) {
      note([...at, 'expireTime'], 'only a Prepaid volume has one')
    }
    yield undefined
  }
  for (const [index, snapshot] of snapshots.entries()) {
    const at = ['snapshots', index] as const
    isKnown([...at, 'zoneName'], zoneNames, snapshot.zoneName, 'zone')
    isKnown([...at, 'volumeId'], volumeIds, snapshot.volumeId, 'volume')
    isKnown([...at, 'autoSnapshotPolicyId'], policyIds, snapshot.autoSnapshotPolicyId, 'policy')
    const isCopy = snapshot.createMethod === 'MIGRATION'
    if (snapshot.volumeId === undefined && !isCopy) note(at, 'volumeId is missing (only a MIGRATION has none)')
    if (snapshot.volumeId !== undefined && isCopy) note([...at, 'volumeId'], 'a MIGRATION has no volume')
    yield undefined
  }
  for (const [index, share] of shares.entries()) {
    isKnown(['shares', index, 'sourceSnapshotId'], snapshotIds, share.sourceSnapshotId, 'snapshot')
  }
  return wrongs
}

function attachmentProblem({ status, instanceId, type }: VolumeSeed): string | undefined {
  if (status === undefined)
    return type === 'System' && instanceId === undefined ? 'a System volume needs instanceId' : undefined
  if (ATTACHED.includes(status) && instanceId === undefined) return `${status} needs an instanceId`
  if (UNATTACHED.includes(status) && instanceId !== undefined) return `${status} goes with no instanceId`
  return undefined
}
