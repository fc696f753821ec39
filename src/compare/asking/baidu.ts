import { isObject } from '../differences/values.ts'
import { valueAt } from '../probes/readers.ts'
import { type Asked, idsIn, rowsIn, type Thing, type ThingKind, type Things, text } from './things.ts'

function listOf(
  kind: ThingKind,
  operation: string,
  list: string,
  read: (row: Readonly<Record<string, unknown>>) => Partial<Thing>
): Things['lists'][number] {
  return {
    kind,
    ask: (_, marker) => ({ operation, input: { query: { maxKeys: '1000', ...(marker !== undefined && { marker }) } } }),
    read(body) {
      const rows = rowsIn(body, list)
      const next = valueAt(body, 'nextMarker')
      return (
        rows && {
          things: rows.map((row) => ({
            ...{ kind, id: text(row.id), name: text(row.name), state: text(row.status) },
            ...read(row)
          })),
          marker: valueAt(body, 'isTruncated') === true && typeof next === 'string' ? next : undefined
        }
      )
    }
  }
}

/** How what was made at Baidu is found and removed. */
export const baidu: Things = {
  lists: [
    listOf('snapshot', 'ListSnapshots', 'snapshots', ({ volumeId }) => ({ of: text(volumeId) })),
    listOf('policy', 'ListAsps', 'autoSnapshotPolicys', () => ({})),
    listOf('disk', 'ListVolumes', 'volumes', (row) => ({
      on: text(valueAt(row, 'attachments.0.instanceId')) || undefined
    }))
  ],
  madeBy(operation, body) {
    const ids = (kind: ThingKind, way: string) => idsIn(valueAt(body, way)).map((id) => ({ kind, id }))
    if (operation === 'CreateVolume') return ids('disk', 'volumeIds')
    if (operation === 'CreateSnapshot') return ids('snapshot', 'snapshotId')
    return operation === 'CreateAsp' ? ids('policy', 'aspId') : []
  },
  asksFor(operation, body) {
    if (operation !== 'CreateVolume' || !isObject(body)) return { disks: 0, gib: 0 }
    const disks = typeof body.purchaseCount === 'number' ? body.purchaseCount : 1
    return { disks, gib: disks * Number(body.cdsSizeInGB ?? 0) }
  },
  removal({ kind, id, state, on }): Asked | undefined {
    if (kind === 'policy') return { operation: 'DeleteAsp', input: { params: { aspId: id } } }
    if (kind === 'snapshot') {
      if (state !== 'Available' && state !== 'CreatedFailed') return undefined
      return { operation: 'DeleteSnapshot', input: { params: { snapshotId: id } } }
    }
    if (state === 'InUse' && on !== undefined) {
      return { operation: 'DetachVolume', input: { params: { volumeId: id }, body: { instanceId: on } } }
    }
    const isFree = state === 'Available' || state === 'Error' || state === 'Expired'
    return isFree ? lastRemoval(id) : undefined
  },
  lastRemoval
}

/** Cloud: the recycle bin is on no list, and DELETE empties it (baidu.md 5.3.6). */
function lastRemoval(volumeId: string): Asked {
  return { operation: 'ReleaseVolume', input: { params: { volumeId } } }
}
