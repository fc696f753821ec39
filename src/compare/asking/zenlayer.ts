import { isObject } from '../differences/values.ts'
import { valueAt } from '../probes/readers.ts'
import { type Asked, idsIn, rowsIn, type Thing, type ThingKind, type Things, text } from './things.ts'

const PAGE = { pageSize: 1000 }

function listOf(
  kind: ThingKind,
  operation: string,
  filter: string,
  read: (row: Readonly<Record<string, unknown>>) => Omit<Thing, 'kind'>
): Things['lists'][number] {
  return {
    kind,
    ask: (tag) => ({ operation, input: { body: { [filter]: tag, ...PAGE } } }),
    read(body) {
      const rows = rowsIn(valueAt(body, 'response'), 'dataSet')
      return rows && { things: rows.map((row) => ({ kind, ...read(row) })), marker: undefined }
    }
  }
}

/** How what was made at Zenlayer is found and removed. */
export const zenlayer: Things = {
  lists: [
    listOf('snapshot', 'DescribeSnapshots', 'snapshotName', ({ snapshotId, snapshotName, status, diskId }) => ({
      ...{ id: text(snapshotId), name: text(snapshotName), state: text(status), of: text(diskId) }
    })),
    listOf('policy', 'DescribeAutoSnapshotPolicies', 'autoSnapshotPolicyName', (row) => ({
      ...{ id: text(row.autoSnapshotPolicyId), name: text(row.autoSnapshotPolicyName), state: '' }
    })),
    listOf('disk', 'DescribeDisks', 'diskName', ({ diskId, diskName, diskStatus, instanceId }) => ({
      ...{ id: text(diskId), name: text(diskName), state: text(diskStatus), on: text(instanceId) || undefined }
    }))
  ],
  madeBy(operation, body) {
    const ids = (kind: ThingKind, way: string) => idsIn(valueAt(body, way)).map((id) => ({ kind, id }))
    if (operation === 'CreateDisks') return ids('disk', 'response.diskIds')
    if (operation === 'CreateSnapshot') return ids('snapshot', 'response.snapshotId')
    return operation === 'CreateAutoSnapshotPolicy' ? ids('policy', 'response.autoSnapshotPolicyId') : []
  },
  asksFor(operation, body) {
    if (operation !== 'CreateDisks' || !isObject(body)) return { disks: 0, gib: 0 }
    const names = Array.isArray(body.diskNames) ? body.diskNames.length : 1
    // Whichever of them counts.
    const disks = Math.max(typeof body.diskAmount === 'number' ? body.diskAmount : 1, names)
    return { disks, gib: disks * Number(body.diskSize ?? 0) }
  },
  removal({ kind, id, state }): Asked | undefined {
    if (kind === 'policy') {
      return { operation: 'DeleteAutoSnapshotPolicies', input: { body: { autoSnapshotPolicyIds: [id] } } }
    }
    if (kind === 'snapshot') {
      if (state !== 'AVAILABLE' && state !== 'FAILED') return undefined
      return { operation: 'DeleteSnapshots', input: { body: { snapshotIds: [id] } } }
    }
    if (state === 'IN_USE') {
      return { operation: 'DetachDisks', input: { body: { diskIds: [id], instanceCheckFlag: false } } }
    }
    // A second call takes it out of the recycle bin, for good.
    const isFree = state === 'AVAILABLE' || state === 'FAILED' || state === 'RECYCLED'
    return isFree ? { operation: 'ReleaseDisk', input: { body: { diskId: id } } } : undefined
  }
}
