import { Type } from '@sinclair/typebox'
import { isShareable, sharesOf } from '../matters/shares.ts'
import { snapshotRefusal } from '../rules/states.ts'
import { snapshotInState, unknown, unshareable } from '../wire/reasons.ts'
import { Id, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const createSnapshotShare = operation({
  name: 'CreateSnapshotShare',
  summary: 'Share a snapshot with other accounts; with none, the sharing ends.',
  source: 'page Share snapshot (baidu.md 5.2.10)',
  route: { method: 'POST', path: '/v2/snapshot/share' },
  request: {
    query: TokenQuery,
    body: Type.Object({ snapshotId: Id, accountIds: Type.Array(Type.String({ minLength: 1 }), { maxItems: 100 }) })
  },
  response: Type.Object({ snapshotId: Type.String() }),
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest:
      'Leave out a member; more than 100 accounts; a snapshot of a system disk or an encrypted one (proposed).',
    NoSuchObject: 'An id that no snapshot has (proposed).',
    OperationDenied: 'A snapshot that is not Available (proposed).'
  },
  notes: ['One row of the shared list for each account; an account that has one already keeps it.'],
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
