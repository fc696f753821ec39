import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { isShareable, sharesOf } from '../matters/shares.ts'
import { client, page, unsaid } from '../sources.ts'
import { unknown, unshareable, why } from '../wire/reasons.ts'
import { OptionalText, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const cancelSnapshotShare = operation({
  name: 'CancelSnapshotShare',
  summary: 'End the sharing of a snapshot, with some accounts or with all.',
  evidence: page('Cancel snapshot sharing', '5.2.11'),
  route: { method: 'POST', path: '/v2/snapshot/unShare' },
  // Cloud: meta, of which the bce CLI is made, misses a slash.
  aliases: [{ method: 'POST', path: '/v2snapshot/unShare' }],
  request: {
    query: TokenQuery,
    body: Type.Object({
      sourceSnapshotId: OptionalText,
      shareSnapshotId: OptionalText,
      accountIds: Type.Optional(Type.Array(Type.String(), { maxItems: 100 }))
    })
  },
  response: Type.Object({ sourceSnapshotId: Type.String(), shareSnapshotId: Type.String() }),
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: statement('Neither id; a snapshot of a system disk or an encrypted one.', unsaid('5.2.11')),
    NoSuchObject: statement(
      'A source that no snapshot has, or, without a source, a share that is not there.',
      unsaid('5.2.11')
    )
  },
  notes: [
    statement('Empty members count as not given.', client('5.2.11', 'Go SDK')),
    statement('Accounts that have no share are passed over.', unsaid('5.2.11'))
  ],
  run({ body, cloud, fail }) {
    const { sourceSnapshotId, shareSnapshotId, accountIds = [] } = body
    if (sourceSnapshotId === undefined && shareSnapshotId === undefined) {
      throw fail('BadRequest', why('body', 'Give sourceSnapshotId or shareSnapshotId.'))
    }
    const named = shareSnapshotId === undefined ? undefined : cloud.findItem('share', shareSnapshotId)
    if (sourceSnapshotId === undefined && !named) {
      throw fail('NoSuchObject', unknown('body.shareSnapshotId', shareSnapshotId))
    }
    const sourceId = sourceSnapshotId ?? named?.detail.snapshotId ?? ''
    const shares = sharesOf(cloud, sourceId)
    const source = cloud.findSnapshot(sourceId)
    if (!source && shares.length === 0) throw fail('NoSuchObject', unknown('body.sourceSnapshotId', sourceId))
    if (source && !isShareable(source)) throw fail('BadRequest', unshareable('body.sourceSnapshotId'))
    const isMeant = (share: (typeof shares)[number]) =>
      sourceSnapshotId === undefined
        ? share.id === named?.id
        : accountIds.length === 0 || accountIds.includes(share.detail.accountId) || share.id === named?.id
    const gone = shares.filter(isMeant)
    for (const share of gone) cloud.dropItem('share', share)
    return { sourceSnapshotId: sourceId, shareSnapshotId: shareSnapshotId ?? gone[0]?.id ?? '' }
  }
})
