import { Type } from '@sinclair/typebox'
import { DAY_MS } from '../../../core/model/clock.ts'
import { statement } from '../../evidence.ts'
import { ifGiven } from '../../wire/given.ts'
import { snapshotRefusal, snapshotTable } from '../rules/states.ts'
import { startOfSecond } from '../rules/time.ts'
import { client, inferred, preRelease, unsaid } from '../sources.ts'
import { toInstant } from '../wire/convert.ts'
import { lookUp, unknown, why } from '../wire/lookups.ts'
import { ids, Nothing, SnapshotName, UtcTime } from '../wire/schemas.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

export const modifySnapshotsAttribute = operation({
  name: 'ModifySnapshotsAttribute',
  summary: 'Rename snapshots, or change how long they are kept.',
  evidence: preRelease('ModifySnapshotsAttribute', '5.3'),
  route: zec('ModifySnapshotsAttribute'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({
      snapshotIds: ids(100),
      snapshotName: Type.Optional(SnapshotName),
      retentionTime: Type.Optional(UtcTime),
      isPermanent: Type.Optional(Type.Boolean())
    })
  },
  response: Nothing,
  errors: [
    'INVALID_SNAPSHOT_RETENTION_TIME',
    'INVALID_DISK_SNAPSHOT_NOT_FOUND',
    'OPERATION_DENIED_DISK_SNAPSHOT_STATUS'
  ],
  reach: {
    INVALID_SNAPSHOT_RETENTION_TIME: statement(
      '`retentionTime` less than 24 hours ahead that one of the snapshots doesn’t have already.',
      inferred('CreateSnapshot has the code for that', '5.3, question 20')
    ),
    INVALID_DISK_SNAPSHOT_NOT_FOUND: 'An unknown id among `snapshotIds`.',
    OPERATION_DENIED_DISK_SNAPSHOT_STATUS: statement('A snapshot that is DELETING.', unsaid('5.3'))
  },
  notes: [
    statement(
      'Characters of names are code points: an emoji is one, half of one is refused.',
      inferred('users count characters so', '5.1')
    ),
    statement('A `retentionTime` that a snapshot has already always passes.', client('5.3', 'Terraform')),
    statement('`isPermanent: true` wins over `retentionTime`.', unsaid('5.3, question 19')),
    statement('Without any attribute nothing changes.', unsaid('5.3, question 19'))
  ],
  run({ body, cloud, now, fail }) {
    const { snapshotName: name, isPermanent } = body
    const retentionTime = isPermanent === true ? undefined : body.retentionTime
    const isEarly = retentionTime !== undefined && toInstant(retentionTime) < startOfSecond(now) + DAY_MS
    const { rows, unknownId } = lookUp(body.snapshotIds, (id) => cloud.findSnapshot(id))
    const hasItAlready = unknownId === undefined && rows.every((row) => row.detail.retentionTime === retentionTime)
    if (isEarly && !hasItAlready) {
      throw fail(
        'INVALID_SNAPSHOT_RETENTION_TIME',
        why('retentionTime', 'less than 24 hours after now in this world', retentionTime)
      )
    }
    if (unknownId !== undefined) throw fail('INVALID_DISK_SNAPSHOT_NOT_FOUND', unknown('snapshotIds', unknownId))
    const refused = snapshotRefusal('snapshotIds', rows, snapshotTable.ModifySnapshotsAttribute)
    if (refused) throw fail(refused.code, refused.why)
    for (const row of rows) {
      cloud.changeSnapshot(row, {
        name,
        expiresAt: isPermanent === true ? null : ifGiven(retentionTime, toInstant),
        detail: { retentionTime: isPermanent === true ? null : retentionTime }
      })
    }
    return {}
  }
})
