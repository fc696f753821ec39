import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { snapshotRefusal, snapshotTable } from '../rules/states.ts'
import { inferred, preRelease, unsaid } from '../sources.ts'
import { distinct } from '../wire/convert.ts'
import { unknown } from '../wire/lookups.ts'
import { Id, ids } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const deleteSnapshots = operation({
  name: 'DeleteSnapshots',
  summary: 'Delete snapshots; the answer lists those that could not be deleted.',
  evidence: preRelease('DeleteSnapshots', '5.5'),
  route: zec('DeleteSnapshots'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({ snapshotIds: ids(100) }) },
  response: Type.Object({ snapshotIds: Type.Array(Id) }),
  errors: ['INVALID_DISK_SNAPSHOT_NOT_FOUND', 'OPERATION_DENIED_DISK_SNAPSHOT_STATUS'],
  reach: {
    INVALID_DISK_SNAPSHOT_NOT_FOUND: 'An unknown id first, and none that can be deleted.',
    OPERATION_DENIED_DISK_SNAPSHOT_STATUS:
      'A snapshot first that is neither AVAILABLE nor FAILED, and none that can be deleted.'
  },
  notes: [
    statement(
      'If at least one can be deleted the answer is 200 with a list of the others, else the error of the first id.',
      unsaid('5.5, question 2')
    ),
    statement('FAILED ones can be deleted.', inferred('they would stay for ever else', '6.1, question 3'))
  ],
  run({ body, cloud, fail }) {
    const wanted = distinct(body.snapshotIds).map((id) => {
      const snapshot = cloud.findSnapshot(id)
      return {
        id,
        snapshot,
        refused: snapshot && snapshotRefusal('snapshotIds', [snapshot], snapshotTable.DeleteSnapshots)
      }
    })
    const failed: string[] = []
    for (const { id, snapshot, refused } of wanted) {
      if (snapshot && !refused) cloud.deleteSnapshot(snapshot)
      else failed.push(id)
    }
    const [first] = wanted
    if (first && failed.length === wanted.length) {
      if (first.refused) throw fail(first.refused.code, first.refused.why)
      throw fail('INVALID_DISK_SNAPSHOT_NOT_FOUND', unknown('snapshotIds', first.id))
    }
    return { snapshotIds: failed }
  }
})
