import { Type } from '@sinclair/typebox'
import { DAY_MS } from '../../../core/model/clock.ts'
import { statement } from '../../evidence.ts'
import { ifGiven } from '../../wire/given.ts'
import { inferred, page, unsaid } from '../sources.ts'
import { unknown } from '../wire/reasons.ts'
import { Description, NoBody, SnapshotName, SnapshotParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const modifySnapshotAttribute = operation({
  name: 'ModifySnapshotAttribute',
  summary: "Change a snapshot's name, description or retention.",
  evidence: page('Modify snapshot information', '5.2.5'),
  route: { method: 'PUT', path: '/v2/snapshot/:snapshotId', selector: 'modifyAttribute' },
  request: {
    params: SnapshotParams,
    query: TokenQuery,
    body: Type.Object({
      snapshotName: Type.Optional({ ...SnapshotName, emptyIsAbsent: true }),
      retentionInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
      desc: Description
    })
  },
  response: NoBody,
  errors: ['BadRequest', 'Snapshot.SnapshotNameInvalid', 'NoSuchObject'],
  reach: {
    BadRequest: 'retentionInDays -1, 0 or 10001; a desc with "!".',
    'Snapshot.SnapshotNameInvalid': statement('Begin the name with a digit.', unsaid('5.2.5')),
    NoSuchObject: 'An id that no snapshot has.'
  },
  notes: [
    statement('Retention counts anew from now.', page('Modify snapshot information', '5.2.5')),
    statement('Without any member nothing changes.', inferred('the page’s example has no body and gets 200', '5.2.5'))
  ],
  run({ params, body, cloud, now, fail }) {
    const snapshot = cloud.findSnapshot(params.snapshotId)
    if (!snapshot) throw fail('NoSuchObject', unknown('params.snapshotId', params.snapshotId))
    const { snapshotName, retentionInDays, desc } = body
    if (snapshotName === undefined && retentionInDays === undefined && desc === undefined) return
    cloud.changeSnapshot(snapshot, {
      name: snapshotName,
      expiresAt: ifGiven(retentionInDays, (days) => now + days * DAY_MS),
      detail: { desc }
    })
  }
})
