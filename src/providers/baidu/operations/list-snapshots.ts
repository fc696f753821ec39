import { Type } from '@sinclair/typebox'
import { envelopeOf, NOTHING, pageSizeOf, snapshotsOut, windowOf } from '../wire/convert.ts'
import { findVolumeOrSystem, startOf } from '../wire/lookups.ts'
import { Envelope, MarkerQuery, OptionalText, SnapshotOut } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const listSnapshots = operation({
  name: 'ListSnapshots',
  summary: 'List snapshots, oldest first.',
  source: 'page Query the snapshot list (baidu.md 5.2.2)',
  route: { method: 'GET', path: '/v2/snapshot' },
  request: { query: Type.Object({ ...MarkerQuery, volumeId: OptionalText }) },
  response: Type.Object({ ...Envelope, snapshots: Type.Array(SnapshotOut) }),
  errors: ['BadRequest'],
  reach: { BadRequest: 'maxKeys below 1 or no number; a marker that never named a snapshot (proposed, Q8).' },
  notes: ["For a system disk volumeId is the instance's id (or the volume's own). An unknown one lists nothing."],
  run({ query, cloud, fail }) {
    const start = startOf(cloud, 'snapshot', query.marker, fail)
    const pageSize = pageSizeOf(query.maxKeys)
    const filter =
      query.volumeId === undefined ? {} : { volumeNs: [findVolumeOrSystem(cloud, query.volumeId)?.n ?? NOTHING] }
    const snapshots = cloud.snapshotsFrom(filter, windowOf(start, pageSize))
    return {
      ...envelopeOf(query.marker, pageSize, snapshots),
      snapshots: snapshotsOut(cloud, snapshots.slice(0, pageSize))
    }
  }
})
