import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Server, start } from '../../harness.ts'
import { runs } from '../../runs.ts'

const servers: Server[] = []
async function serve(options = {}): Promise<Server> {
  const server = await start(options)
  servers.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const JSON_TYPE = 'application/json'
async function exported({ app }: Server, world = 'default', accept = JSON_TYPE): Promise<string> {
  const reply = await app.inject({
    url: `/_snapstand/state?world=${encodeURIComponent(world)}`,
    headers: { host: '127.0.0.1', accept }
  })
  expect(reply.statusCode).toBe(200)
  return reply.body
}
async function put({ app }: Server, payload: string, world = 'default') {
  const reply = await app.inject({
    method: 'PUT',
    url: `/_snapstand/state?world=${encodeURIComponent(world)}`,
    headers: { host: '127.0.0.1' },
    payload
  })
  return { status: reply.statusCode, body: reply.json() }
}

const DISK = '1700000000000000102'

/** One step of a history: anything that leaves rows, some of them in the middle of something. */
type Step = readonly [kind: string, n: number]
const steps = fc.array(
  fc.tuple(
    fc.constantFrom(
      'delay',
      'disk',
      'snapshot',
      'policy',
      'bind',
      'attach',
      'release',
      'delete',
      'rollback',
      'advance',
      'content',
      'asp',
      'volume',
      'bsnapshot',
      'battach',
      'token',
      'breleases',
      'tag'
    ),
    fc.nat(30)
  ),
  { maxLength: 25 }
)

function idsIn(body: unknown, list: string, id: string): string[] {
  const rows: unknown = Reflect.get(Object(Reflect.get(Object(body), 'response') ?? body), list)
  return Array.isArray(rows) ? rows.map((row) => String(Reflect.get(Object(row), id))) : []
}

async function take(server: Server, key: string, [kind, n]: Step): Promise<void> {
  const { zenlayer, baidu, control } = server
  const one = (ids: readonly string[]) => ids[n % Math.max(ids.length, 1)] ?? 'none'
  const disks = async () => idsIn((await zenlayer('DescribeDisks', {}, { key })).body, 'dataSet', 'diskId')
  const snapshots = async () => idsIn((await zenlayer('DescribeSnapshots', {}, { key })).body, 'dataSet', 'snapshotId')
  const volumes = async () => idsIn((await baidu('GET', '/v2/volume', undefined, { key })).body, 'volumes', 'id')
  const zoneId = 'asia-east-1a'
  const as = { key }
  switch (kind) {
    case 'delay':
      await control('PATCH', `/settings?world=${key}`, {
        'delays.snapshotCreateMs': n * 1000,
        'delays.attachMs': n * 500
      })
      return
    case 'disk':
      await zenlayer('CreateDisks', { zoneId, diskName: `disk-${n}`, diskSize: 20 + n, diskAmount: 1 + (n % 3) }, as)
      return
    case 'snapshot':
      await zenlayer('CreateSnapshot', { diskId: one(await disks()), snapshotName: `快照 ${n} "\\` }, as)
      return
    case 'policy':
      await zenlayer(
        'CreateAutoSnapshotPolicy',
        {
          zoneId,
          autoSnapshotPolicyName: `p${n}x`,
          repeatWeekDays: [1, 3],
          hours: [n % 24],
          retentionDays: 1 + (n % 3)
        },
        as
      )
      return
    case 'bind': {
      const often = { repeatWeekDays: [1, 2, 3, 4, 5, 6, 7], hours: [0, 6, 12, 18] }
      await zenlayer('CreateAutoSnapshotPolicy', { zoneId, autoSnapshotPolicyName: 'often', ...often }, as)
      const { body } = await zenlayer('DescribeAutoSnapshotPolicies', {}, as)
      const policy = one(idsIn(body, 'dataSet', 'autoSnapshotPolicyId'))
      await zenlayer('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: policy, diskIds: await disks() }, as)
      return
    }
    case 'attach':
      await zenlayer('AttachDisks', { diskIds: [one(await disks())], instanceId: '1700000000000000101' }, as)
      return
    case 'release':
      await zenlayer('ReleaseDisk', { diskId: one(await disks()) }, as)
      return
    case 'delete':
      await zenlayer('DeleteSnapshots', { snapshotIds: [one(await snapshots())] }, as)
      return
    case 'rollback':
      await zenlayer('ApplySnapshot', { diskId: one(await disks()), snapshotId: one(await snapshots()) }, as)
      return
    case 'advance':
      await control('POST', `/clock/advance?world=${key}`, { by: `PT${n * 3}H` })
      return
    case 'content':
      await server.app.inject({
        method: 'PUT',
        url: `/_snapstand/zenlayer/volumes/${one(await disks())}/content?world=${key}`,
        headers: { host: 'localhost' },
        payload: `content ${n}`
      })
      return
    case 'asp':
      await baidu(
        'POST',
        '/v2/asp',
        { name: `asp${n}`, timePoints: [n % 24], repeatWeekdays: [0, 2], retentionDays: '2' },
        as
      )
      return
    case 'volume':
      await baidu(
        'POST',
        '/v2/volume',
        { cdsSizeInGB: 5 + n, name: `volume-${n}`, zoneName: 'cn-bj-a', tags: [{ tagKey: 'k', tagValue: `${n}` }] },
        as
      )
      return
    case 'bsnapshot':
      await baidu(
        'POST',
        '/v2/snapshot',
        { volumeId: one(await volumes()), snapshotName: `s${n}`, retentionInDays: 1 + n },
        as
      )
      return
    case 'battach':
      await baidu('PUT', `/v2/volume/${one(await volumes())}?attach`, { instanceId: 'i-Starter1' }, as)
      return
    case 'token':
      await baidu(
        'POST',
        `/v2/asp?clientToken=t${n % 4}`,
        { name: 'again', timePoints: [1], repeatWeekdays: [1], retentionDays: '-1' },
        as
      )
      return
    case 'breleases':
      await baidu('DELETE', `/v2/volume/${one(await volumes())}`, undefined, as)
      return
    default:
      await baidu(
        'PUT',
        `/v2/volume/${one(await volumes())}/tag?bind`,
        { changeTags: [{ tagKey: `t${n}`, tagValue: '' }] },
        as
      )
  }
}

describe('export and import', () => {
  test('an export that is imported is the same world, for every history', async () => {
    const server = await serve()
    let run = 0
    const counted = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (history, asYaml) => {
        const key = `run-${run++}`
        for (const step of history) await take(server, key, step)
        await server.control('GET', `/clock?world=${key}`)
        const before = await exported(server, key)
        const copy = `${key}-copy`
        const payload = asYaml ? await exported(server, key, 'application/yaml') : before
        const answer = await put(server, payload, copy)
        expect(answer).toMatchObject({ status: 200, body: { exact: true } })
        expect(await exported(server, copy)).toBe(renamed(before, key, copy))
        for (const step of history.slice(0, 5)) {
          await take(server, key, step)
          await take(server, copy, step)
        }
        expect(await exported(server, copy)).toBe(renamed(await exported(server, key), key, copy))
        for (const table of JSON.parse(before).internal.tables) {
          counted.set(table.name, Math.max(counted.get(table.name) ?? 0, table.rows.length))
        }
      }),
      { numRuns: runs(20, 60), seed: 20261122 }
    )
    // The histories reach what there is: all tables but that of faults, which nothing fills yet, had rows.
    expect([...counted].filter(([, rows]) => rows === 0).map(([name]) => name)).toEqual(['fault'])
  })

  test('YAML and JSON say the same', async () => {
    const server = await serve()
    await take(server, 'default', ['disk', 2])
    expect(parse(await exported(server, 'default', 'application/yaml'))).toEqual(JSON.parse(await exported(server)))
  })

  test('an export that was edited is planted as a seed', async () => {
    const server = await serve()
    const document = JSON.parse(await exported(server))
    const [, disk] = document.zenlayer.disks
    disk.diskName = 'renamed-by-hand'
    expect(await put(server, JSON.stringify(document))).toMatchObject({ status: 200, body: { exact: false } })
    const { body } = await server.zenlayer('DescribeDisks', { diskIds: [disk.diskId] })
    expect(body).toMatchObject({ response: { totalCount: 1, dataSet: [{ diskName: 'renamed-by-hand' }] } })
  })

  test('an empty world comes back, too, after its export was edited', async () => {
    const server = await serve()
    expect((await put(server, '{}')).status).toBe(200)
    const edited = JSON.parse(await exported(server))
    edited.settings['zenlayer.snapshotQuota'] = 3
    expect(await put(server, JSON.stringify(edited))).toMatchObject({ status: 200, body: { exact: false } })
    expect(JSON.parse(await exported(server))).toMatchObject({ settings: edited.settings, baidu: { zones: [] } })
  })

  test('a document that says nothing, or is no text, is refused, and the world is as it was', async () => {
    const server = await serve()
    const before = await exported(server)
    for (const nothing of ['', ' \n', 'null', '# nothing\n', '---\n', '~']) {
      expect(await put(server, nothing)).toMatchObject({
        status: 400,
        body: { wrongs: [{ where: 'body', reason: 'says nothing', expected: expect.stringContaining('{}') }] }
      })
    }
    const { app } = server
    const url = '/_snapstand/state'
    const headers = { host: '127.0.0.1' }
    const bytes = (payload: Buffer) => app.inject({ method: 'PUT', url, headers, payload })
    expect((await bytes(Buffer.from([0x7b, 0xff]))).json()).toMatchObject({ wrongs: [{ reason: 'is no text' }] })
    expect(await exported(server)).toBe(before)
    for (const encoding of ['utf8', 'utf16le'] as const) {
      expect((await bytes(Buffer.from(`\ufeff${before}`, encoding))).json()).toMatchObject({ exact: true })
    }
  })

  test('a document that is refused makes no world', async () => {
    const server = await serve()
    const known = async () => (await server.control('GET', '/worlds')).body
    const before = await known()
    const lost = 'zenlayer: {disks: [{diskName: d, zoneId: none, diskSize: 1}]}'
    for (const wrong of ['', '{', lost, 'clock: {at: 2001-01-01T00:00:00Z}']) {
      expect((await put(server, wrong, 'ghost')).status).toBeGreaterThanOrEqual(400)
    }
    expect(await known()).toEqual(before)
  })

  test('what is no state is refused with all that is wrong, and nothing is changed', async () => {
    const server = await serve()
    const before = await exported(server)
    const wrong = [
      'zenlayer:',
      '  disks:',
      '    - diskId: d1',
      '      diskSizes: 20',
      'colour: red',
      'settings:',
      '  zenlayer.snapshotQuotas: 2'
    ]
    const answer = await put(server, wrong.join('\n'))
    expect(answer.status).toBe(400)
    const places = answer.body.wrongs.map((wrong: { where: string }) => wrong.where)
    expect(places).toContain('body:5:1 colour')
    expect(places.some((place: string) => place.startsWith('body:4:7 zenlayer.disks[0].diskSizes'))).toBe(true)
    expect(places.some((place: string) => place.startsWith('body:7:3 '))).toBe(true)
    expect((await put(server, '{"zenlayer": [')).status).toBe(400)
    expect((await put(server, '- 1')).status).toBe(400)
    const edited = JSON.parse(before)
    edited.internal.tables[4].rows = [['not', 'a', 'volume']]
    expect(await put(server, JSON.stringify(edited))).toMatchObject({ status: 400, body: { field: 'internal' } })
    expect(await exported(server)).toBe(before)
  })

  test('a clock before the rows of the document is refused', async () => {
    const server = await serve()
    const document = JSON.parse(await exported(server))
    document.clock.at = '2024-01-01T00:00:00Z'
    expect(await put(server, JSON.stringify(document))).toMatchObject({ status: 409, body: { field: 'clock.at' } })
  })
})

function renamed(text: string, from: string, to: string): string {
  return text.replaceAll(`"${from}"`, `"${to}"`)
}

describe('content', () => {
  const url = (id: string) => `/_snapstand/zenlayer/volumes/${id}/content`
  const headers = { host: '127.0.0.1' }

  test('a marker goes through snapshot, rollback and a disk from the snapshot', async () => {
    const server = await serve()
    const { app, zenlayer, baidu } = server
    const write = (path: string, payload: string) => app.inject({ method: 'PUT', url: path, headers, payload })
    const read = async (path: string) => (await app.inject({ url: path, headers })).body

    expect((await write(url(DISK), 'first')).statusCode).toBe(204)
    const made = await zenlayer('CreateSnapshot', { diskId: DISK, snapshotName: 'first' })
    const snapshotId = String(Reflect.get(Object(Reflect.get(Object(made.body), 'response')), 'snapshotId'))
    await write(url(DISK), 'second')
    expect(await read(url(DISK))).toBe('second')
    const zone = { zoneId: 'asia-east-1a', diskName: 'copy', diskSize: 2000, snapshotId }
    const copy = await zenlayer('CreateDisks', zone)
    const [copyId] = idsOf(copy.body, 'diskIds')
    expect(await read(url(copyId ?? ''))).toBe('first')
    expect((await zenlayer('ApplySnapshot', { diskId: DISK, snapshotId })).status).toBe(200)
    expect(await read(url(DISK))).toBe('first')

    const volume = '/_snapstand/baidu/volumes/v-Starter2/content'
    await write(volume, '每日')
    const snapshot = await baidu('POST', '/v2/snapshot', { volumeId: 'v-Starter2', snapshotName: 'a' })
    const id = String(Reflect.get(Object(snapshot.body), 'snapshotId'))
    await write(volume, '')
    const fromIt = await baidu('POST', '/v2/volume', { snapshotId: id })
    const [newId] = idsOf(fromIt.body, 'volumeIds')
    expect(await read(`/_snapstand/baidu/volumes/${newId}/content`)).toBe('每日')
    expect(await read(volume)).toBe('')
    expect((await baidu('PUT', '/v2/volume/v-Starter2?rollback', { snapshotId: id })).status).toBe(200)
    expect(await read(volume)).toBe('每日')
  })

  test('a marker over 64 KiB, an unknown volume and an unknown cloud are refused', async () => {
    const { app } = await serve()
    const write = (path: string, payload: string) => app.inject({ method: 'PUT', url: path, headers, payload })
    expect((await write(url(DISK), 'x'.repeat(64 * 1024))).statusCode).toBe(204)
    expect((await write(url(DISK), 'x'.repeat(64 * 1024 + 1))).statusCode).toBe(413)
    expect((await write(url('none'), 'x')).json()).toMatchObject({ status: 404, field: 'id' })
    expect((await write('/_snapstand/azure/volumes/v/content', 'x')).json()).toMatchObject({
      status: 404,
      field: 'provider'
    })
  })
})

function idsOf(body: unknown, list: string): string[] {
  const ids: unknown = Reflect.get(Object(Reflect.get(Object(body), 'response') ?? body), list)
  return Array.isArray(ids) ? ids.map(String) : []
}

describe('checkpoints over HTTP', () => {
  test('save, list, go back, fork, drop', async () => {
    const server = await serve()
    const { control } = server
    const before = await exported(server)
    const name = encodeURIComponent('vor/dem ../Umbau 每')
    expect((await control('PUT', `/checkpoints/${name}`)).body).toMatchObject({ name: 'vor/dem ../Umbau 每' })
    await take(server, 'default', ['disk', 5])
    expect(await exported(server)).not.toBe(before)
    expect((await control('GET', '/checkpoints')).body).toMatchObject([{ at: '2026-01-05T08:00:00.000Z' }])
    expect((await control('POST', `/checkpoints/${name}/restore`, { as: 'twin' })).body).toMatchObject({
      world: 'twin'
    })
    expect(await exported(server, 'twin')).toBe(renamed(before, 'default', 'twin'))
    expect((await control('POST', `/checkpoints/${name}/restore`)).status).toBe(200)
    expect(await exported(server)).toBe(before)
    expect((await control('DELETE', `/checkpoints/${name}`)).status).toBe(204)
    expect(await control('DELETE', `/checkpoints/${name}`)).toMatchObject({
      status: 404,
      body: { field: 'name', known: [] }
    })
    expect((await control('POST', '/checkpoints/none/restore')).status).toBe(404)
    expect((await control('PUT', `/checkpoints/${'x'.repeat(10_240)}`)).status).toBe(400)
    expect((await control('PUT', '/checkpoints/a%00b')).status).toBe(400)
  })
})
