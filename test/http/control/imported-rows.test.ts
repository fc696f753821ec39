import { afterEach, describe, expect, test } from 'vitest'
import { type Server, start } from '../../harness.ts'

// The rows of an export are held against what calls and time can bring about before they take a world's place.

const DISK = '1700000000000000102'
type Rows = { name: string; columns: string[]; rows: unknown[][] }
interface State {
  internal: { tables: Rows[]; rowsDigest?: string }
}

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

/** A world with something in every state, and its export. */
async function exported() {
  const server = await start()
  servers.push(server)
  const { zenlayer, baidu, control } = server
  await control('PATCH', '/settings', { 'delays.snapshotCreateMs': 60_000 })
  await zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: 'first', retentionTime: '2026-02-01T00:00:00Z' })
  await baidu('POST', '/v2/snapshot', { volumeId: 'v-Starter2', snapshotName: 'second' })
  const policy = { zoneId: 'asia-east-1a', autoSnapshotPolicyName: 'nightly', retentionDays: 1 }
  const made = await zenlayer('CreateAutoSnapshotPolicy', { ...policy, repeatWeekDays: [1, 2, 3], hours: [9] })
  const { autoSnapshotPolicyId } = Object(Object(made.body).response)
  await zenlayer('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [DISK] })
  await control('PUT', `/zenlayer/volumes/${DISK}/content`, 'marker')
  await baidu('DELETE', '/v2/instance/i-Starter1')
  await control('PUT', '/faults/slow', {
    operation: 'GetAsp',
    then: { rate: { requests: 3, perSeconds: 9 }, status: 502 }
  })
  await baidu('GET', '/v2/asp/none')
  const state = (await control('GET', '/state')).body
  const copy = structuredClone(state) as State
  return { ...server, state: copy }
}
/** As somebody does who knows of the digest: an export of before has none. */
function edit(state: State, table: string, column: string, value: unknown, row = 0): State {
  const found = state.internal.tables.find(({ name }) => name === table)
  const at = found?.columns.indexOf(column) ?? -1
  const cells = found?.rows.at(row)
  if (!cells || at < 0) throw new Error(`no ${table}.${column}`)
  cells[at] = value
  delete state.internal.rowsDigest
  return state
}

test('what was exported is taken, and time goes on in it', async () => {
  const { control, state } = await exported()
  expect(await control('PUT', '/state?world=copy', state)).toMatchObject({ status: 200, body: { exact: true } })
  const advanced = await control('POST', '/clock/advance?world=copy', { by: 'P60D' })
  expect(advanced).toMatchObject({ status: 200, body: { completed: expect.any(Number), firings: expect.any(Number) } })
  const totals = await control('GET', '/state?world=copy')
  expect(totals.status).toBe(200)
})

describe('is refused, and nothing changes:', () => {
  test.for([
    ['world', 'clock_mode', 'sideways'],
    ['world', 'anchor_at', 9e15],
    ['world', 'changed_at', 4e12],
    ['world', 'next_n', 1],
    ['world', 'next_n', Number.MAX_SAFE_INTEGER],
    ['world', 'seed', -1],
    ['world', 'planted_n', 0],
    ['world', 'planted_n', 4711],
    ['volume', 'activity', 'sleeping'],
    ['volume', 'activity_ends_at', 1_767_600_000_000],
    ['volume', 'size_gib', -5],
    ['volume', 'size_gib', 'large'],
    ['volume', 'instance_n', 4711],
    ['volume', 'policy_n', 4711],
    ['volume', 'provider', 'mars'],
    ['volume', 'detail', '[]'],
    ['volume', 'detail', '{'],
    ['volume', 'manual_count', 7],
    ['volume', 'content_hash', 'none'],
    ['volume', 'gone_at', 1],
    ['volume', 'id', ''],
    ['policy', 'weekdays', 4096],
    ['policy', 'hours', -1],
    ['policy', 'volume_count', 0],
    ['policy', 'fires_at', -1],
    ['policy', 'utc_offset_minutes', 1e6],
    ['snapshot', 'state', 'frozen'],
    ['snapshot', 'state', 'available'],
    ['snapshot', 'origin', 'nowhere'],
    ['snapshot', 'volume_n', 4711],
    ['snapshot', 'volume_n', 0],
    ['snapshot', 'state_ends_at', -4],
    ['snapshot', 'expires_at', 1e300],
    ['instance', 'state_ends_at', 1_767_600_000_000],
    ['gone', 'n', 0],
    ['gone', 'n', 40],
    ['gone', 'created_at', -1],
    ['gone', 'id', ''],
    ['gone', 'provider', 'mars'],
    ['fault', 'scope', 'moon'],
    ['fault', 'scope', 'server'],
    ['fault', 'id', 'other'],
    ['fault', 'met', 0.5],
    ['fault', 'acted', 2],
    ['fault', 'acted', -1],
    ['fault', 'window_at', -1],
    ['fault', 'window_count', -1],
    ['fault', 'rule', null],
    ['fault', 'rule', '[]'],
    ['fault', 'rule', '{'],
    ['fault', 'rule', '{"id":"slow"}'],
    ['fault', 'rule', '{"id":"slow","operation":"Fly","then":{"delayMs":1}}'],
    ['fault', 'rule', '{"id":"slow","provider":"baidu","then":{"error":"Nope"}}'],
    ['setting', 'name', 'delays.warpMs'],
    ['setting', 'value', '"soon"'],
    ['setting', 'value', 'soon']
  ] as const)('%s.%s = %j', async ([table, column, value]) => {
    const { control, state, zenlayer } = await exported()
    const before = (await control('GET', '/state')).body
    const answer = await control('PUT', '/state', edit(state, table, column, value))
    expect(answer).toMatchObject({ status: 400, body: { field: 'internal', reason: expect.stringContaining(table) } })
    expect((await control('GET', '/state')).body).toEqual(before)
    expect((await control('POST', '/clock/advance', { by: 'P2D' })).status).toBe(200)
    expect((await zenlayer('DescribeDisks', {})).status).toBe(200)
  })

  test('a table or column that there is not', async () => {
    const { control, state } = await exported()
    const [first] = state.internal.tables
    first?.columns.push('extra')
    delete state.internal.rowsDigest
    expect(await control('PUT', '/state', state)).toMatchObject({ status: 400, body: { field: 'internal' } })
  })
})

test('rows that were edited are refused, though what was edited only their cloud understands', async () => {
  const { control, state } = await exported()
  const before = (await control('GET', '/state')).body
  const cells = state.internal.tables.find(({ name }) => name === 'volume')?.rows[0] ?? []
  const detail = cells.length - 1
  cells[detail] = String(cells[detail]).replace(/:false/, ':"no"')
  expect(await control('PUT', '/state', state)).toMatchObject({
    status: 400,
    body: { field: 'internal', reason: 'its rows are not those that were exported' }
  })
  expect((await control('GET', '/state')).body).toEqual(before)
  const { internal: _rows, ...seed } = state
  expect(await control('PUT', '/state', seed)).toMatchObject({ status: 200, body: { exact: false } })
})

test('totals are counted, not believed', async () => {
  const { control, state, zenlayer } = await exported()
  expect((await control('PUT', '/state', edit(state, 'total', 'n', 4_000_000))).status).toBe(200)
  const { body } = await zenlayer('DescribeDisks', {})
  expect(Object(Object(body).response).totalCount).toBe(2)
})
