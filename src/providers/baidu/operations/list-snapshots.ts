import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { page, unsaid } from '../sources.ts'
import { envelopeOf, NOTHING, pageSizeOf, snapshotsOut, windowOf } from '../wire/convert.ts'
import { findVolumeOrSystem, startOf } from '../wire/lookups.ts'
import { Envelope, MarkerQuery, OptionalText, SnapshotOut } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const listSnapshots = operation({
  name: 'ListSnapshots',
  summary: 'List snapshots, oldest first.',
  evidence: page('Query the snapshot list', '5.2.2'),
  route: { method: 'GET', path: '/v2/snapshot' },
  request: { query: Type.Object({ ...MarkerQuery, volumeId: OptionalText }) },
  response: Type.Object({ ...Envelope, snapshots: Type.Array(SnapshotOut) }),
  errors: ['BadRequest'],
  reach: {
    BadRequest: statement('maxKeys below 1 or no number; a marker that never named a snapshot.', unsaid('1.8, Q8'))
  },
  notes: [
    statement('Oldest first.', unsaid('1.8, Q8')),
    statement("For a system disk volumeId is the instance's id.", page('Query the snapshot list', '5.2.2')),
    statement("The volume's own id serves, too.", unsaid('5.2.2')),
    statement('An unknown one lists nothing.', unsaid('5.2.2'))
  ],
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
