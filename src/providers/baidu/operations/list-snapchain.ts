import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { chainsOf } from '../matters/chains.ts'
import { client, page, unsaid } from '../sources.ts'
import { pageSizeOf } from '../wire/convert.ts'
import { ChainOut, type ChainWire, INT32_MAX, OptionalText } from '../wire/schemas.ts'
import { anyCase, meant } from '../wire/words.ts'
import { operation } from './operation.ts'

const KEYS = ['chainId', 'chainSize', 'volumeSize'] as const
const ORDERS = ['asc', 'desc'] as const
// Echoed: beyond 32 bits, clients could not read it, and far beyond JSON would have it as 1e+23.
const Positive = Type.Optional(Type.Integer({ minimum: 1, maximum: INT32_MAX }))

export const listSnapchain = operation({
  name: 'ListSnapchain',
  summary: 'List snapshot chains: one for each volume that has snapshots.',
  evidence: page('Query the snapshot chain list', '5.2.7'),
  route: { method: 'GET', path: '/v2/snapshot/chain' },
  request: {
    query: Type.Object({
      orderBy: anyCase(KEYS),
      order: anyCase(ORDERS),
      pageSize: Positive,
      pageNo: Positive,
      volumeId: OptionalText
    })
  },
  response: Type.Object({
    orderBy: Type.String(),
    totalCount: Type.Integer(),
    pageSize: Type.Integer(),
    pageNo: Type.Integer(),
    isTruncated: Type.Boolean(),
    volumeId: Type.Optional(Type.String({ evidence: client('5.2.7', 'Go SDK') })),
    snapchains: Type.Array(ChainOut)
  }),
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: 'An unknown orderBy or order; pageSize or pageNo below 1, beyond 32 bits or no number.',
    NoSuchObject: 'Only by a fault: an unknown volumeId lists nothing.'
  },
  notes: [
    statement('A page beyond the end is empty.', client('1.8', 'Go SDK')),
    statement('chainSize is the sum of sizeInGB as text, sorted as a number.', unsaid('5.2.7, Q26')),
    statement(
      'A chain outlives its volume until its last snapshot goes; then it shows no volumeId.',
      unsaid('5.2.7, Q26')
    ),
    statement('userId is the same for all of a world.', unsaid('4.3'))
  ],
  run({ query, cloud }) {
    const { pageNo = 1, volumeId } = query
    const orderBy = meant(KEYS, query.orderBy) ?? 'chainId'
    const pageSize = pageSizeOf(query.pageSize)
    const chains = chainsOf(cloud, volumeId).sort(compareBy(orderBy))
    if (meant(ORDERS, query.order) === 'desc') chains.reverse()
    const start = (pageNo - 1) * pageSize
    return {
      orderBy,
      totalCount: chains.length,
      pageSize,
      pageNo,
      isTruncated: start + pageSize < chains.length,
      volumeId,
      snapchains: chains.slice(start, start + pageSize)
    }
  }
})

function compareBy(orderBy: (typeof KEYS)[number]) {
  const keyOf = (chain: ChainWire) =>
    orderBy === 'chainSize' ? Number(chain.chainSize) : orderBy === 'volumeSize' ? chain.volumeSize : 0
  return (one: ChainWire, other: ChainWire) =>
    keyOf(one) - keyOf(other) || (one.chainId < other.chainId ? -1 : one.chainId > other.chainId ? 1 : 0)
}
