import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { isShareable, sharesOf } from '../matters/shares.ts'
import { snapshotRefusal } from '../rules/states.ts'
import { inferred, page, unsaid } from '../sources.ts'
import { snapshotInState, unknown, unshareable } from '../wire/reasons.ts'
import { Id, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const createSnapshotShare = operation({
  name: 'CreateSnapshotShare',
  summary: 'Share a snapshot with other accounts; with none, the sharing ends.',
  evidence: page('Share snapshot', '5.2.10'),
  route: { method: 'POST', path: '/v2/snapshot/share' },
  request: {
    query: TokenQuery,
    body: Type.Object({ snapshotId: Id, accountIds: Type.Array(Type.String({ minLength: 1 }), { maxItems: 100 }) })
  },
  response: Type.Object({ snapshotId: Type.String() }),
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: statement(
      'Leave out a member; more than 100 accounts; a snapshot of a system disk or an encrypted one.',
      inferred('the page lists the code, and says what cannot be shared', '5.2.10')
    ),
    NoSuchObject: statement('An id that no snapshot has.', unsaid('5.2.10')),
    OperationDenied: statement('A snapshot that is not Available.', unsaid('5.2.10'))
  },
  notes: [
    statement(
      'One row of the shared list for each account; an account that has one already keeps it.',
      unsaid('5.2.10')
    )
  ],
  run({ body, cloud, fail }) {
    const snapshot = cloud.findSnapshot(body.snapshotId)
    if (!snapshot) throw fail('NoSuchObject', unknown('body.snapshotId', body.snapshotId))
    if (!isShareable(snapshot)) throw fail('BadRequest', unshareable('body.snapshotId'))
    const refusal = snapshotRefusal('CreateSnapshotShare', snapshot)
    if (refusal) throw fail(refusal, snapshotInState('body.snapshotId', snapshot))
    const shares = sharesOf(cloud, snapshot.id)
    if (body.accountIds.length === 0) for (const share of shares) cloud.dropItem('share', share)
    const present = new Set(shares.map((share) => share.detail.accountId))
    for (const accountId of new Set(body.accountIds)) {
      if (present.has(accountId)) continue
      const { name, sizeGiB } = snapshot
      const detail = { snapshotId: snapshot.id, accountId, name, desc: snapshot.detail.desc, sizeGiB }
      cloud.addItem('share', { detail })
    }
    return { snapshotId: snapshot.id }
  }
})
