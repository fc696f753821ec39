import { describe, expect, test } from 'vitest'
import type { Section } from '../../../../src/providers/baidu/seed/schema.ts'
import { place, type Row, rows, type Stage, stages, text } from '../stage.ts'

// A client that pages by marker while others delete: it must see every row once that is there all the time.

const stage = stages()

const weekly = { name: 'weekly', timePoints: [0], repeatWeekdays: [1], retentionDays: 7 }

/** Rows that nothing keeps from being deleted; with ids of the seed and ids of the rules, in an order that is not theirs. */
const deletable = {
  zones: ['cn-bj-a', 'cn-bj-e'],
  instances: [
    { id: 'i-young', zoneName: 'cn-bj-a', createTime: '2025-09-01T00:00:00Z' },
    { id: 'i-old', zoneName: 'cn-bj-a', createTime: '2025-03-01T00:00:00Z' },
    { zoneName: 'cn-bj-a', createTime: '2025-06-01T00:00:00Z' }
  ],
  policies: [
    { id: 'asp-young', ...weekly, createdTime: '2025-09-01T00:00:00Z' },
    { ...weekly, createdTime: '2025-06-01T00:00:00Z' },
    { id: 'asp-old', ...weekly, createdTime: '2025-03-01T00:00:00Z' }
  ],
  volumes: [
    { id: 'v-source', zoneName: 'cn-bj-e', diskSizeInGB: 50 },
    { id: 'v-young', zoneName: 'cn-bj-a', createTime: '2025-09-01T00:00:00Z' },
    { id: 'v-old', zoneName: 'cn-bj-a', createTime: '2025-03-01T00:00:00Z' },
    { zoneName: 'cn-bj-a', createTime: '2025-06-01T00:00:00Z' }
  ],
  snapshots: [
    { id: 's-young', volumeId: 'v-source', createTime: '2025-09-01T00:00:00Z' },
    { id: 's-old', volumeId: 'v-source', createTime: '2025-03-01T00:00:00Z' },
    { volumeId: 'v-source', createTime: '2025-06-01T00:00:00Z' }
  ],
  shares: [
    { snapshotId: 'share-young', sourceSnapshotId: 's-old', accountId: 'one', shareTime: '2025-09-01T00:00:00Z' },
    { snapshotId: 'share-old', sourceSnapshotId: 's-old', accountId: 'two', shareTime: '2025-04-01T00:00:00Z' },
    { sourceSnapshotId: 's-old', accountId: 'three', shareTime: '2025-06-01T00:00:00Z' }
  ]
} satisfies Section

interface List {
  readonly what: string
  readonly way: string
  readonly member: string
  /** Makes one more, by a call. */
  make(world: Stage, nth: number): Promise<unknown>
  /** How the id of a row shows. */
  readonly id: string
  drop(world: Stage, row: Row): Promise<unknown>
}

const dropVolume: List['drop'] = ({ ok }, { id }) => ok(`POST /v2/volume/${id}`, { recycle: 'off' })
const makeVolume: List['make'] = ({ ok }, nth) =>
  ok('POST /v2/volume', { name: `made-${nth}`, cdsSizeInGB: 50, zoneName: 'cn-bj-a' })

const LISTS: readonly List[] = [
  {
    what: 'volumes',
    way: 'GET /v2/volume?usageFilter=data&zoneName=cn-bj-a',
    member: 'volumes',
    id: 'id',
    make: makeVolume,
    drop: dropVolume
  },
  {
    what: "volumes with v3's names",
    way: 'GET /v3/volume?usageFilter=data&zoneName=cn-bj-a',
    member: 'volumes',
    id: 'volumeId',
    make: makeVolume,
    drop: (world, { volumeId }) => dropVolume(world, { id: volumeId })
  },
  {
    what: 'snapshots',
    way: 'GET /v2/snapshot?volumeId=v-source',
    member: 'snapshots',
    id: 'id',
    make: ({ ok }, nth) => ok('POST /v2/snapshot', { volumeId: 'v-source', snapshotName: `made-${nth}` }),
    drop: ({ ok }, { id }) => ok(`DELETE /v2/snapshot/${id}`)
  },
  {
    what: 'policies',
    way: 'GET /v2/asp?aspName=',
    member: 'autoSnapshotPolicys',
    id: 'id',
    make: ({ ok }, nth) =>
      ok('POST /v2/asp', { name: `made-${nth}`, timePoints: [1], repeatWeekdays: [1], retentionDays: 1 }),
    drop: ({ ok }, { id }) => ok(`DELETE /v2/asp/${id}`)
  },
  {
    what: 'instances',
    way: 'GET /v2/instance?zoneName=cn-bj-a',
    member: 'instances',
    id: 'id',
    make: ({ ok }) =>
      ok('POST /v2/instance', { imageId: 'm-centos79', cpuCount: 1, memoryCapacityInGB: 1, zoneName: 'cn-bj-a' }),
    drop: ({ ok }, { id }) => ok(`DELETE /v2/instance/${id}`)
  },
  {
    what: 'shares',
    way: 'GET /v2/snapshot/snapshotShare/list?a=',
    member: 'result',
    id: 'snapshotId',
    make: ({ ok }, nth) => ok('POST /v2/snapshot/share', { snapshotId: 's-old', accountIds: [`account-${nth}`] }),
    drop: ({ ok }, { accountId }) =>
      ok('POST /v2/snapshot/unShare', { sourceSnapshotId: 's-old', accountIds: [accountId] })
  }
]

/** A world with rows of its seed and six of calls, at two instants; and its list by pages. */
async function begun({ way, member, make }: List) {
  const world = await stage({}, deletable)
  for (const nth of [1, 2, 3]) await make(world, nth)
  await world.advance('PT1H')
  for (const nth of [4, 5, 6]) await make(world, nth)
  const page = async (marker: unknown, most = 100) => {
    const answer = await world.ok(`${way}&maxKeys=${most}${marker === '' ? '' : `&marker=${marker}`}`)
    return { rows: rows(answer[member]), next: answer.nextMarker }
  }
  return { world, page, all: (await page('')).rows }
}

describe.for(LISTS)('$what', (list) => {
  const { id, drop } = list

  test('go on behind each row that is deleted, whoever made it', async () => {
    const { world, page, all } = await begun(list)
    for (const [index, row] of all.entries()) {
      await drop(world, row)
      const rest = all.slice(index + 1)
      expect((await page(row[id])).rows.map((each) => each[id])).toEqual(rest.map((each) => each[id]))
    }
  })

  test('are seen whole by a client that pages while every row a page begins with is deleted', async () => {
    const { world, page, all } = await begun(list)
    const seen: unknown[] = []
    const dropped: unknown[] = []
    for (let marker: unknown = ''; marker !== undefined; ) {
      const { rows: found, next } = await page(marker, 2)
      seen.push(...found.map((row) => row[id]))
      const first = all.find((row) => row[id] === next)
      if (first) await drop(world, first)
      if (first) dropped.push(next)
      marker = next
    }
    expect(dropped.length).toBeGreaterThan(2)
    expect(seen).toEqual(all.map((row) => row[id]).filter((each) => !dropped.includes(each)))
  })

  test('go on in a copy of the world, and in one that is restored', async () => {
    const { world, page, all } = await begun(list)
    const own = all.at(-3) ?? {}
    const [planted = {}] = all
    await drop(world, planted)
    await drop(world, own)
    const rest = async (row: Row) => (await page(row[id])).rows.map((each) => each[id])
    const expected = [await rest(planted), await rest(own)]
    expect(expected.map((each) => each.length)).toEqual([all.length - 2, 2])
    const { body } = await world.control('GET', '/state')
    await world.control('PUT', '/checkpoints/here')
    await world.control('POST', '/reset')
    expect((await world.control('PUT', '/state', body)).status).toBe(200)
    expect([await rest(planted), await rest(own)]).toEqual(expected)
    await world.control('POST', '/reset')
    await world.control('POST', '/checkpoints/here/restore')
    expect([await rest(planted), await rest(own)]).toEqual(expected)
  })
})

describe.for(LISTS.filter(({ what }) => what !== 'shares'))('a marker of $what', (list) => {
  test('that never named a row is refused', async () => {
    const { world, all } = await begun(list)
    const own = text(all.at(-1)?.[list.id])
    const other = await begun(list)
    const theirs = text(other.all.at(-1)?.[list.id])
    const prefix = own.slice(0, own.indexOf('-') + 1)
    const foreign = list.what === 'policies' ? 's-old' : 'asp-old'
    const never = [
      foreign,
      theirs,
      prefix,
      `${prefix}00000000`,
      `${own}0`,
      own.slice(0, -1),
      own.toLowerCase(),
      `${prefix}äöüäöüäö`
    ]
    for (const marker of never.filter((each) => each !== own)) {
      const refused = await world.call(`${list.way}&marker=${encodeURIComponent(marker)}`)
      expect([marker, refused.status, refused.code]).toEqual([marker, 400, 'BadRequest'])
    }
  })
})

test('a marker of another kind is refused also where its number is one of this list', async () => {
  const world = await stage()
  const { snapshotId } = await world.ok('POST /v2/snapshot', { volumeId: 'v-free', snapshotName: 'made' })
  await world.ok(`DELETE /v2/snapshot/${snapshotId}`)
  expect((await world.call(`GET /v2/snapshot?marker=${snapshotId}`)).status).toBe(200)
  expect((await world.call(`GET /v2/volume?marker=${snapshotId}`)).code).toBe('BadRequest')
  expect((await world.call(`GET /v2/volume?marker=v-${text(snapshotId).slice(2)}`)).status).toBe(200)
})

test('a list under retention goes on when the row that the next page begins with has expired', async () => {
  const { ok, advance, snapshots } = await stage()
  await ok('PUT /v2/asp/asp-two?attach', { volumeIds: ['v-used'] })
  await ok('PUT /v2/asp/update', { ...place.policies[1], id: undefined, aspId: 'asp-two', retentionDays: 2 })
  await advance('P3D')
  const automatic = (await snapshots('?volumeId=v-used')).filter((each) => each.createMethod === 'auto')
  const [oldest] = automatic
  await advance('P1D')
  const after = await snapshots(`?volumeId=v-used&marker=${oldest?.id}`)
  expect(after.map(({ id }) => id)).not.toContain(oldest?.id)
  expect(after.length).toBe(automatic.length)
})

test('a list goes on from a disk that lies in the recycle bin, and from one whose snapshots outlive it', async () => {
  const { ok, volumes } = await stage()
  const all = (await volumes()).map(({ id }) => id)
  const from = (id: string) => all.slice(all.indexOf(id) + 1)
  await ok('POST /v2/volume/v-elsewhere', { recycle: 'on' })
  expect((await volumes('?marker=v-elsewhere')).map(({ id }) => id)).toEqual(from('v-elsewhere'))
  await ok('POST /v2/volume/v-free', { recycle: 'off' })
  expect((await volumes('?marker=v-free')).map(({ id }) => id)).toEqual(
    from('v-free').filter((id) => id !== 'v-elsewhere')
  )
})
