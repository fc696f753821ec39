import { Type } from '@sinclair/typebox'
import type { Place } from '../../../core/model/resources.ts'
import { statement } from '../../evidence.ts'
import { shareOut } from '../matters/shares.ts'
import { client, page, unsaid } from '../sources.ts'
import { envelopeOf, pageSizeOf } from '../wire/convert.ts'
import { Envelope, MarkerBody, MarkerQuery, ShareOut } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const path = '/v2/snapshot/snapshotShare/list'
const KEYS_MAX = 100
const KEYS_USUAL = 10
/** Java's way to say "from the start". */
const START = '-1'

export const listSnapshotShare = operation({
  name: 'ListSnapshotShare',
  summary: 'List what this account shares, one row per snapshot and account.',
  evidence: page('Query shared snapshot list', '5.2.12'),
  route: { method: 'POST', path },
  // Cloud: the page and Java say GET, every other SDK POST; both are served, from query and body.
  aliases: [{ method: 'GET', path }],
  request: { query: Type.Object(MarkerQuery), body: Type.Object(MarkerBody) },
  response: Type.Object({ ...Envelope, result: Type.Array(ShareOut) }),
  errors: ['BadRequest'],
  reach: { BadRequest: statement('maxKeys below 1 or no number.', unsaid('1.8, Q8')) },
  notes: [
    statement('10 keys unless asked, at most 100.', client('5.2.12', 'meta')),
    statement('A marker that never named a row lists nothing.', client('5.2.12', 'Go SDK'))
  ],
  run({ query, body, cloud }) {
    const asked = query.marker ?? body.marker
    const marker = asked === START ? undefined : asked
    const pageSize = pageSizeOf(query.maxKeys ?? body.maxKeys, KEYS_MAX, KEYS_USUAL)
    const start = marker === undefined ? { n: 0, createdAt: 0 } : cloud.placeOf('share', marker)
    const rows = start
      ? cloud
          .items('share')
          .filter((share) => isFrom(share, start))
          .slice(0, pageSize + 1)
      : []
    return {
      ...envelopeOf(asked, pageSize, rows),
      result: rows.slice(0, pageSize).map((share) => shareOut(cloud, share))
    }
  }
})

/** Whether it stands at that place or behind it. */
function isFrom(share: Place, { createdAt, n }: Place): boolean {
  return share.createdAt > createdAt || (share.createdAt === createdAt && share.n >= n)
}
