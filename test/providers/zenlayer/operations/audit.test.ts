import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiError, type Keyring, type RawRequest } from '../../../../src/providers/provider.ts'
import { identify } from '../../../../src/providers/zenlayer/protocol/identify.ts'
import { start } from '../../../harness.ts'
import { signedHeaders, type ToSign } from '../../../signers/zenlayer.ts'
import { disk, place, row, rows, type Stage, stages } from '../stage.ts'

const stage = stages()

// Sentences of zenlayer.md that no other test is named after.

describe('3.1: the common codes', () => {
  let server: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    server = await start({ auth: 'verify', seed: { zenlayer: place } })
  })
  afterAll(async () => {
    await server.close()
  })

  interface Sent {
    readonly action?: string
    readonly version?: string
    readonly path?: string
    readonly method?: 'GET' | 'POST'
    readonly body?: unknown
    readonly sign?: Partial<ToSign>
    readonly authorization?: string
  }
  async function answerTo({ action = 'DescribeDisks', version = '2025-09-01', body = {}, sign, ...sent }: Sent) {
    const text = JSON.stringify(body)
    const timestampS = Math.floor(Date.now() / 1000)
    const toSign = { keyId: 'audit', secret: 'audit', host: '127.0.0.1:7420', body: text, timestampS, ...sign }
    const reply = await server.app.inject({
      method: sent.method ?? 'POST',
      url: sent.path ?? '/api/v2/zec',
      headers: {
        ...signedHeaders(toSign),
        ...(sent.authorization !== undefined && { authorization: sent.authorization }),
        'x-zc-action': action,
        'x-zc-version': version
      },
      payload: text
    })
    return { status: reply.statusCode, code: row(reply.json()).code }
  }

  const write = { action: 'CreateSnapshot' }
  const policy = { zoneId: 'zone-a', autoSnapshotPolicyName: 'daily', repeatWeekDays: [1], hours: [0] }
  const cases: readonly (readonly [code: string, status: number, sent: Sent])[] = [
    ['AUTHFAILURE_INVALID_AUTHORIZATION', 401, { authorization: 'nonsense' }],
    ['AUTHFAILURE_SIGNATURE_FAILURE', 401, { sign: { secret: 'another' } }],
    ['AUTHFAILURE_UNAUTHORIZED_OPERATION', 401, { action: 'Fly' }],
    ['AUTHFAILURE_UNAUTHORIZED_OPERATION', 401, { version: '2024-04-02' }],
    ['AUTHFAILURE_UNAUTHORIZED_OPERATION', 404, { path: '/api/v2/vm' }],
    ['AUTHFAILURE_UNAUTHORIZED_OPERATION', 405, { method: 'GET' }],
    ['AUTHFAILURE_SIGNATURE_EXPIRED', 401, { sign: { timestampS: 1 } }],
    ['MISSING_PARAMETER', 400, { ...write, body: { diskId: 'd-free' } }],
    ['INVALID_PARAMETER_TYPE', 400, { body: { pageNum: '1' } }],
    ['INVALID_PARAMETER_EXCEED_MAXIMUM', 400, { body: { pageSize: 1001 } }],
    ['INVALID_PARAMETER_LESS_MINIMUM', 400, { body: { pageNum: 0 } }],
    ['INVALID_PARAMETER_EXCEED_LENGTH', 400, { ...write, body: { diskId: 'd', snapshotName: 'x'.repeat(65) } }],
    [
      'INVALID_PARAMETER_LESS_LENGTH',
      400,
      { action: 'CreateAutoSnapshotPolicy', body: { ...policy, autoSnapshotPolicyName: 'a' } }
    ],
    [
      'INVALID_PARAMETER_PATTERN_ERROR',
      400,
      { action: 'ModifyDisksAttributes', body: { diskIds: ['d-free'], diskName: 'a b' } }
    ],
    [
      'INVALID_PARAMETER_DATE_FORMAT_ERROR',
      400,
      { ...write, body: { diskId: 'd-free', snapshotName: 'x', retentionTime: 'soon' } }
    ],
    ['INVALID_PARAMETER_VALUE', 400, { body: { diskStatus: 'NORMAL' } }],
    [
      'OPERATION_FAILED_FOR_RECYCLE_RESOURCE',
      403,
      { action: 'ModifyDisksAttributes', body: { diskIds: ['d-recycled'], diskName: 'x' } }
    ],
    [
      'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND',
      404,
      { action: 'CreateAutoSnapshotPolicy', body: { ...policy, resourceGroupId: 'none' } }
    ],
    [
      'OPERATION_FAILED_RESOURCE_NOT_FOUND',
      404,
      { action: 'DescribeResourceTags', version: '2025-10-14', path: '/api/v2/zrm', body: { resourceUuid: 'none' } }
    ]
  ]
  test.for(cases)('%s with status %i is reached', async ([code, status, sent]) => {
    expect(await answerTo(sent)).toEqual({ status, code })
  })

  test('GET /operations says of each how it is reached, and of those without a case here why only a fault does', async () => {
    const { common } = row((await server.control('GET', '/operations?provider=zenlayer')).body)
    const listed = rows(row(common).zenlayer)
    expect(listed).toHaveLength(20)
    for (const { reach } of listed) expect(reach).toEqual(expect.stringMatching(/.{10,}\.$/))
    const faultsOnly = listed.filter(({ reach }) => String(reach).startsWith('Only by a fault'))
    const reached = new Set(cases.map(([code]) => code))
    expect(faultsOnly.map(({ code }) => code)).toEqual(
      listed.map(({ code }) => code).filter((code) => !reached.has(String(code)))
    )
  })

  test('1.2: x-zc-service is ignored, the path decides', async () => {
    const { statusCode } = await server.app.inject({
      method: 'POST',
      url: '/api/v2/zec',
      headers: { 'x-zc-service': 'bmc', 'x-zc-action': 'DescribeDisks', 'x-zc-version': '2025-09-01' },
      payload: '{}'
    })
    expect(statusCode).toBe(200)
  })

  test('question 29: no headers of its own but a hint, which only refusals have', async () => {
    const headersOf = async (action: string) => {
      const headers = { 'x-zc-action': action, 'x-zc-version': '2025-09-01', 'content-type': 'application/json' }
      const reply = await server.app.inject({ method: 'POST', url: '/api/v2/zec', headers, payload: '{}' })
      const ofHttp = ['content-length', 'date', 'connection', 'keep-alive']
      return Object.keys(reply.headers).filter((name) => !ofHttp.includes(name))
    }
    expect(await headersOf('DescribeDisks')).toEqual(['content-type'])
    expect(await headersOf('ReleaseDisk')).toEqual(['content-type', 'x-snapstand-hint'])
    expect(await headersOf('Fly')).toEqual(['content-type', 'x-snapstand-hint'])
  })
})

describe('2.3: a signed request that is refused for its form shows the canonical forms, too', () => {
  const keys: Keyring = {
    mode: 'strict',
    secrets: [],
    secretOf: (id) => (id === 'known' ? 'secret' : undefined),
    worldOf: (id) => id,
    worldOfBearer: () => undefined
  }
  const toSign = { keyId: 'known', secret: 'secret', host: 'h:1', body: '{}', timestampS: 1_767_225_600 }
  const signed = (change: Partial<ToSign>, headers: Record<string, string | undefined> = {}): RawRequest => ({
    method: 'POST',
    url: '/api/v2/zec',
    headers: { ...signedHeaders({ ...toSign, ...change }), ...headers },
    body: Buffer.from('{}')
  })
  const unsigned = 'ZC2-HMAC-SHA256 Credential=known, SignedHeaders=host, Signature=00'
  test.for([
    ['an unknown key', signed({ keyId: 'unknown' }), 'content-type:application/json\nhost:h:1', '1767225600'],
    ['no timestamp', signed({}, { 'x-zc-timestamp': undefined }), 'content-type:application/json\nhost:h:1', ''],
    ['another method', signed({}, { 'x-zc-signature-method': 'TC3' }), 'host:h:1', '1767225600'],
    ['an unsigned content type', signed({}, { authorization: unsigned }), 'POST\n/\n\nhost:h:1\n', '1767225600']
  ] as const)('%s', ([, request, part, timestamp]) => {
    try {
      identify(request, keys, 1_767_225_600_000)
      expect.unreachable('accepted')
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      expect(error.code).toBe('AUTHFAILURE_INVALID_AUTHORIZATION')
      expect(error.why.canonicalRequest).toContain(part)
      expect(error.why.stringToSign).toMatch(new RegExp(`^ZC2-HMAC-SHA256\n${timestamp}\n[0-9a-f]{64}$`))
    }
  })
})

const many = (length: number) => Array.from({ length }, (_, n) => `none-${n}`)

describe('lists hold as many ids as they may, and not one more', () => {
  test.for([
    ['DescribeSnapshots', 'snapshotIds', 1000, {}],
    ['ModifySnapshotsAttribute', 'snapshotIds', 100, {}],
    ['DeleteSnapshots', 'snapshotIds', 100, {}],
    ['DeleteAutoSnapshotPolicies', 'autoSnapshotPolicyIds', 100, {}],
    ['ApplyAutoSnapshotPolicy', 'diskIds', 100, { autoSnapshotPolicyId: 'p-one' }],
    ['CancelAutoSnapshotPolicy', 'diskIds', 100, { autoSnapshotPolicyId: 'p-one' }],
    ['AttachDisks', 'diskIds', 10, { instanceId: 'i-running' }],
    ['DetachDisks', 'diskIds', 10, {}],
    ['ModifyDisksAttributes', 'diskIds', 100, { diskName: 'x' }],
    ['ModifyDisksResourceGroup', 'diskIds', 100, { resourceGroupId: 'group-other' }],
    ['DescribeInstances', 'instanceIds', 100, {}],
    ['DescribeInstancesStatus', 'instanceIds', 100, {}],
    ['StartInstances', 'instanceIds', 100, {}],
    ['StopInstances', 'instanceIds', 100, {}],
    ['DescribeDisks', 'tagKeys', 20, {}],
    ['DescribeInstances', 'tagKeys', 20, {}],
    ['DescribeAutoSnapshotPolicies', 'tagKeys', 20, {}]
  ] as const)('%s takes %s up to %i', async ([action, member, most, more]) => {
    const { zenlayer } = await stage()
    const codeOf = async (length: number) => (await zenlayer(action, { ...more, [member]: many(length) })).code
    expect(await codeOf(most + 1)).toBe('INVALID_PARAMETER_EXCEED_LENGTH')
    expect(await codeOf(most)).not.toBe('INVALID_PARAMETER_EXCEED_LENGTH')
  })

  test.for(['DescribeDisks', 'DescribeInstances', 'DescribeAutoSnapshotPolicies'])(
    '%s takes up to 20 tags',
    async (action) => {
      const { zenlayer } = await stage()
      const tags = many(21).map((key) => ({ key, value: 'v' }))
      expect((await zenlayer(action, { tags })).code).toBe('INVALID_PARAMETER_EXCEED_LENGTH')
      expect((await zenlayer(action, { tags: tags.slice(1) })).status).toBe(200)
    }
  )
})

describe('1.10: lists', () => {
  test.for([
    ['DescribeSnapshots', {}],
    ['DescribeAutoSnapshotPolicies', {}],
    ['DescribeDisks', {}],
    ['DescribeInstances', {}],
    ['DescribeInstancesStatus', {}],
    ['DescribeResourceTags', { resourceUuid: 'd-free' }]
  ] as const)('%s: pages of 1 to 1000 rows, from 1 on', async ([action, more]) => {
    const { zenlayer } = await stage()
    const codeOf = async (page: object) => (await zenlayer(action, { ...more, ...page })).code
    expect(await codeOf({ pageSize: 0 })).toBe('INVALID_PARAMETER_LESS_MINIMUM')
    expect(await codeOf({ pageSize: 1001 })).toBe('INVALID_PARAMETER_EXCEED_MAXIMUM')
    expect(await codeOf({ pageNum: 0 })).toBe('INVALID_PARAMETER_LESS_MINIMUM')
    expect(await codeOf({ pageSize: 1000, pageNum: 2 ** 53 })).toBeUndefined()
    expect(await codeOf({ pageSize: 1 })).toBeUndefined()
  })

  test.for([
    ['DescribeSnapshots', 'snapshotName'],
    ['DescribeDisks', 'diskName'],
    ['DescribeAutoSnapshotPolicies', 'autoSnapshotPolicyName'],
    ['DescribeInstances', 'name']
  ] as const)('%s: a pattern in %s has at most 256 characters', async ([action, member]) => {
    const { zenlayer } = await stage()
    expect((await zenlayer(action, { [member]: 'x'.repeat(257) })).code).toBe('INVALID_PARAMETER_EXCEED_LENGTH')
    expect((await zenlayer(action, { [member]: 'x'.repeat(256) })).status).toBe(200)
  })

  test('a pattern finds names with any characters, however it is anchored', async () => {
    const { ok } = await stage()
    const snapshotName = 'a\u0000b 快照 😀(1)'
    await ok('CreateSnapshot', { diskId: 'd-used', snapshotName })
    const found = async (pattern: string) => {
      const filter = { diskIds: ['d-used'], snapshotName: pattern }
      return (await ok('DescribeSnapshots', filter)).totalCount
    }
    for (const pattern of [
      '^',
      '^a\u0000b',
      '\u0000b',
      '^a\u0000b 快照 😀\\(1\\)$',
      '照 😀',
      '^a.b .. .\\(1',
      '快照 😀('
    ]) {
      expect(await found(pattern), pattern).toBe(1)
    }
    for (const pattern of ['^b', '^\u0000', 'A', '^a\u0000b$', '快照$']) expect(await found(pattern), pattern).toBe(0)
  })

  test.for([
    ['DescribeDisks', { zoneId: 'none' }],
    ['DescribeDisks', { resourceGroupId: 'none' }],
    ['DescribeAutoSnapshotPolicies', { zoneIds: ['none'] }],
    ['DescribeAutoSnapshotPolicies', { resourceGroupId: 'none' }],
    ['DescribeInstances', { zoneId: 'none' }],
    ['DescribeInstances', { imageId: 'none' }],
    ['DescribeInstancesStatus', { instanceIds: ['none'] }]
  ] as const)('%s %j finds nothing, and that is no error', async ([action, filter]) => {
    const { ok } = await stage()
    expect(await ok(action, filter)).toEqual({ totalCount: 0, dataSet: [] })
  })
})

test('6.4: the settings are those of the table, with its defaults', async () => {
  const { control } = await start().then(async (server) => {
    const listed = await server.control('GET', '/settings')
    await server.close()
    return { control: listed.body }
  })
  const own = rows(control).filter(({ name }) => /^(delays\.)?zenlayer\./.test(String(name)))
  const legs = ['snapshotCreate', 'snapshotDelete', 'rollback', 'diskCreate', 'attach', 'detach', 'resize', 'release']
  const delays = [...legs, 'recycle', 'instanceStart', 'instanceStop'].map((leg) => `delays.zenlayer.${leg}Ms`)
  expect(Object.fromEntries(own.map(({ name, default: value }) => [name, value]))).toEqual({
    'zenlayer.recycleBin': false,
    'zenlayer.diskNotFoundCode': 'INVALID_DISK_NOT_FOUND',
    'zenlayer.instanceDiskLimit': 15,
    'zenlayer.plainMessages': false,
    'zenlayer.snapshotQuota': 0,
    'zenlayer.attachDuringSnapshot': true,
    'zenlayer.releaseKeepsSnapshots': false,
    ...Object.fromEntries(delays.map((name) => [name, null]))
  })
})

test('6.4: the short name of a delay stands for this cloud, too', async () => {
  const { ok, snapshot } = await stage({ 'delays.snapshotCreateMs': 5000 })
  const { snapshotId } = await ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'x' })
  expect((await snapshot(snapshotId)).status).toBe('CREATING')
})

test('question 30: a fresh world has a running instance, a group, and a zone without snapshots', async () => {
  const { zenlayer, close } = await start()
  const listOf = async (action: string, member: string, body: object = {}) =>
    rows(row(row((await zenlayer(action, body)).body).response)[member])
  const zones = await listOf('DescribeZones', 'zoneSet')
  expect(zones.map(({ zoneId }) => zoneId)).toContain('asia-east-1a')
  expect(new Set(zones.map(({ regionId }) => regionId)).size).toBe(zones.length)
  const refusals = await Promise.all(
    zones.map(async ({ zoneId }) => {
      const policy = { zoneId, autoSnapshotPolicyName: 'daily', repeatWeekDays: [1], hours: [0] }
      return [zoneId, (await zenlayer('CreateAutoSnapshotPolicy', policy)).code]
    })
  )
  expect(refusals.filter(([, code]) => code !== undefined)).toEqual([
    [expect.any(String), 'INVALID_SNAPSHOT_REGION_NOT_SUPPORT']
  ])
  const [instance] = await listOf('DescribeInstances', 'dataSet')
  expect(instance).toMatchObject({ zoneId: 'asia-east-1a', status: 'RUNNING' })
  expect(row(instance).instanceId).toMatch(/^\d{19}$/)
  expect(await listOf('DescribeResourceGroups', 'resourceGroups')).toMatchObject([{ name: 'Default Resource Group' }])
  for (const { diskId, serial } of await listOf('DescribeDisks', 'dataSet')) {
    expect(diskId).toMatch(/^\d{19}$/)
    expect(serial).toMatch(/^[0-9a-z]{20}$/)
  }
  await close()
})

describe('6.2: disks and what runs on them', () => {
  const statusOf = async (world: Stage, id: unknown) => (await world.disk(id)).diskStatus

  test.for([
    ['ResizeDisk', { diskSize: 300 }, 'CHANGING', 'resizeMs'],
    ['CreateSnapshot', { snapshotName: 'x' }, 'SNAPSHOT_CREATING', 'snapshotCreateMs'],
    ['ApplySnapshot', { snapshotId: 's-used' }, 'ROLLING_BACK', 'rollbackMs']
  ] as const)('an attached disk keeps its instance during %s', async ([action, more, status, leg]) => {
    const used = [...place.snapshots, { snapshotId: 's-used', snapshotName: 'x', diskId: 'd-used' }]
    const world = await stage({ [`delays.zenlayer.${leg}`]: 1000 }, { ...place, snapshots: used })
    await world.ok(action, { diskId: 'd-used', ...more })
    const attached = { instanceId: 'i-running', instanceName: 'runs' }
    expect(await world.disk('d-used')).toMatchObject({ diskStatus: status, ...attached })
    await world.advance('PT1S')
    expect(await world.disk('d-used')).toMatchObject({ diskStatus: 'IN_USE', ...attached })
  })

  test('SNAPSHOT_CREATING ends with the snapshot that began it, not with one from before', async () => {
    const world = await stage({ 'delays.zenlayer.snapshotCreateMs': 10_000 })
    const first = await world.ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'first' })
    await world.ok('AttachDisks', { diskIds: ['d-free'], instanceId: 'i-running' })
    await world.advance('PT4S')
    const second = await world.ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'second' })
    await world.advance('PT6S')
    expect((await world.snapshot(first.snapshotId)).status).toBe('AVAILABLE')
    expect(await statusOf(world, 'd-free')).toBe('SNAPSHOT_CREATING')
    expect((await world.snapshot(second.snapshotId)).status).toBe('CREATING')
    await world.advance('PT4S')
    expect((await world.snapshot(second.snapshotId)).status).toBe('AVAILABLE')
    expect(await statusOf(world, 'd-free')).toBe('IN_USE')
  })

  test('actions look at the disk’s status, not at a snapshot that is still CREATING under it', async () => {
    const world = await stage({ 'delays.zenlayer.snapshotCreateMs': 60_000 })
    const { snapshotId } = await world.ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'slow' })
    for (const [action, body] of [
      ['ResizeDisk', { diskSize: 200 }],
      ['ReleaseDisk', {}],
      ['CreateSnapshot', { snapshotName: 'x' }]
    ] as const) {
      const { code } = await world.zenlayer(action, { diskId: 'd-free', ...body })
      expect(code, action).toBe('UNSUPPORTED_OPERATION_DISK_STATUS')
    }
    const apply = await world.zenlayer('ApplySnapshot', { diskId: 'd-free', snapshotId: 's-ok' })
    expect(apply.code).toBe('OPERATION_DENIED_DISK_STATUS')

    await world.ok('AttachDisks', { diskIds: ['d-free'], instanceId: 'i-stopped' })
    await world.ok('DetachDisks', { diskIds: ['d-free'] })
    await world.ok('ResizeDisk', { diskId: 'd-free', diskSize: 200 })
    await world.ok('ApplySnapshot', { diskId: 'd-free', snapshotId: 's-ok' })
    expect((await world.snapshot(snapshotId)).status).toBe('CREATING')
    // 5.18: it goes with the disk, and does not come to life when its time would have come.
    await world.ok('ReleaseDisk', { diskId: 'd-free' })
    expect(await world.list('DescribeSnapshots', { diskIds: ['d-free'] })).toEqual([])
    await world.advance('PT1M')
    expect(await world.list('DescribeSnapshots', { snapshotIds: [snapshotId] })).toEqual([])
  })

  test('5.18: kept snapshots that are CREATING when their disk goes become AVAILABLE, with its id', async () => {
    const settings = { 'zenlayer.releaseKeepsSnapshots': true, 'delays.zenlayer.snapshotCreateMs': 5000 }
    const world = await stage(settings)
    const { snapshotId } = await world.ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'x' })
    await world.ok('AttachDisks', { diskIds: ['d-free'], instanceId: 'i-stopped' })
    await world.ok('DetachDisks', { diskIds: ['d-free'] })
    await world.ok('ReleaseDisk', { diskId: 'd-free' })
    await world.advance('PT5S')
    expect(await world.snapshot(snapshotId)).toMatchObject({ status: 'AVAILABLE', diskId: 'd-free' })
  })
})

describe('3.3: the order of checks', () => {
  test.for([
    [
      'ModifyDisksResourceGroup',
      { diskIds: ['none'], resourceGroupId: 'none' },
      'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND'
    ],
    ['ModifyDisksAttributes', { diskIds: ['d-recycled', 'none'], diskName: 'x' }, 'INVALID_DISK_NOT_FOUND'],
    [
      'ApplyAutoSnapshotPolicy',
      { autoSnapshotPolicyId: 'none', diskIds: ['none'] },
      'INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND'
    ],
    ['ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: 'p-two', diskIds: ['d-b', 'none'] }, 'INVALID_DISK_NOT_FOUND'],
    [
      'ApplyAutoSnapshotPolicy',
      { autoSnapshotPolicyId: 'p-two', diskIds: ['d-failed', 'd-b'] },
      'INVALID_AUTO_SNAPSHOT_ZONE_MISMATCH'
    ],
    [
      'ApplyAutoSnapshotPolicy',
      { autoSnapshotPolicyId: 'p-two', diskIds: ['d-planned', 'd-failed'] },
      'UNSUPPORTED_OPERATION_DISK_STATUS'
    ],
    ['ChangeDisksAttach', { diskIds: ['d-free'], instanceId: 'none' }, 'INVALID_INSTANCE_NOT_FOUND'],
    ['ChangeDisksAttach', { diskIds: ['d-free'], instanceId: 'i-b' }, 'INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED'],
    ['ResizeDisk', { diskId: 'none', diskSize: 32_769 }, 'INVALID_PARAMETER_EXCEED_MAXIMUM'],
    ['StopInstances', { instanceIds: ['i-stopped', 'none'] }, 'INVALID_INSTANCE_NOT_FOUND'],
    [
      'DescribeDiskMonitorData',
      { diskId: 'none', metricType: 'X', startTime: 'y', endTime: 7 },
      'INVALID_PARAMETER_TYPE'
    ]
  ] as const)('%s %j: %s', async ([action, body, code]) => {
    const { zenlayer } = await stage()
    expect((await zenlayer(action, body)).code).toBe(code)
  })

  test('types come first, however many other faults stand before them', async () => {
    const { zenlayer } = await stage()
    const schedule = { zoneId: 'zone-a', autoSnapshotPolicyName: 'daily', repeatWeekDays: Array(500).fill(9) }
    expect((await zenlayer('CreateAutoSnapshotPolicy', { ...schedule, hours: 'x' })).code).toBe(
      'INVALID_PARAMETER_TYPE'
    )
    expect((await zenlayer('CreateAutoSnapshotPolicy', schedule)).code).toBe('MISSING_PARAMETER')
  })
})

test('ids of another world are unknown in this one', async () => {
  const abroad = await stage()
  const { diskIds } = await abroad.ok('CreateDisks', { zoneId: 'zone-a', diskName: 'far', diskSize: 20, diskAmount: 9 })
  const diskId = Array.isArray(diskIds) ? diskIds.at(-1) : undefined
  const { snapshotId } = await abroad.ok('CreateSnapshot', { diskId, snapshotName: 'far' })
  const schedule = { zoneId: 'zone-a', autoSnapshotPolicyName: 'far', repeatWeekDays: [1], hours: [0] }
  const { autoSnapshotPolicyId } = await abroad.ok('CreateAutoSnapshotPolicy', schedule)
  const { resourceGroupId } = await abroad.ok('CreateResourceGroup', { name: 'far' })

  const { zenlayer, ok } = await stage()
  const codeOf = async (action: string, body: object) => (await zenlayer(action, body)).code
  expect(await codeOf('ReleaseDisk', { diskId })).toBe('INVALID_DISK_NOT_FOUND')
  expect(await codeOf('DeleteSnapshots', { snapshotIds: [snapshotId] })).toBe('INVALID_DISK_SNAPSHOT_NOT_FOUND')
  const policies = { autoSnapshotPolicyIds: [autoSnapshotPolicyId] }
  expect(await codeOf('DeleteAutoSnapshotPolicies', policies)).toBe('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND')
  const move = { diskIds: ['d-free'], resourceGroupId }
  expect(await codeOf('ModifyDisksResourceGroup', move)).toBe('OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND')
  expect(await ok('DescribeDisks', { diskIds: [diskId] })).toEqual({ totalCount: 0, dataSet: [] })
  expect(await abroad.list('DescribeSnapshots', { snapshotIds: [snapshotId] })).toHaveLength(1)
})

test('5.12: names of automatic snapshots have at most 64 characters', async () => {
  const long = 'd'.repeat(60)
  const world = await stage({}, { ...place, disks: [disk(long, { autoSnapshotPolicyId: 'p-one' })], snapshots: [] })
  await world.advance('PT1H')
  const [made] = await world.list('DescribeSnapshots')
  expect(made?.snapshotName).toMatch(/^auto-d{46}-202601050900$/)
  expect(String(made?.snapshotName)).toHaveLength(64)
})

test('question 20: the 24 hours count from now cut to the second', async () => {
  const { zenlayer, advance } = await stage()
  await advance('PT0.999S')
  const codeAt = async (retentionTime: string) =>
    (await zenlayer('CreateSnapshot', { diskId: 'd-free', snapshotName: 'x', retentionTime })).code
  expect(await codeAt('2026-01-06T08:00:00Z')).toBeUndefined()
  expect(await codeAt('2026-01-06T07:59:59Z')).toBe('INVALID_SNAPSHOT_RETENTION_TIME')
})
