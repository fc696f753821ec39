import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { configOf, readConfig, strangeVariables } from '../../src/config/config.ts'
import { FLAGS, variableOf } from '../../src/config/flags.ts'
import { createKeyring } from '../../src/config/keys.ts'
import { optionSource } from '../../src/config/sources.ts'
import { BadUsage } from '../../src/documents/complaint.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapstand-config-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function configFile(text: string): Promise<string> {
  const file = join(folder, 'snapstand.yaml')
  await writeFile(file, text)
  return file
}

async function complaintsOf(work: () => unknown): Promise<string[]> {
  try {
    await work()
  } catch (error) {
    if (error instanceof BadUsage) return error.message.split('\n')
    throw error
  }
  return []
}

test('without flags, variables and file the documented defaults hold', async () => {
  expect(await readConfig({}, {})).toEqual({
    host: '127.0.0.1',
    port: 7420,
    seed: undefined,
    clock: undefined,
    clockAt: undefined,
    auth: 'verify',
    keys: [],
    control: 'on',
    controlHosts: [],
    controlToken: undefined,
    cors: [],
    maxWorlds: 10_000,
    journalBytes: 67_108_864,
    maxAdvance: 1_000_000,
    graceMs: 5000,
    urlFile: undefined,
    logLevel: 'info',
    logFormat: 'text',
    isQuiet: false
  })
})

test('a flag goes before a variable, a variable before the file', async () => {
  const config = await configFile('port: 1\nhost: from-file\nauth: off\n')
  const env = { SNAPSTAND_PORT: '2', SNAPSTAND_AUTH: 'strict', SNAPSTAND_CONFIG: config }
  expect(await readConfig({ port: '3' }, env)).toMatchObject({ port: 3, auth: 'strict', host: 'from-file' })
})

test('every flag can be set by a variable', async () => {
  const env = {
    SNAPSTAND_HOST: '::1',
    SNAPSTAND_PORT: '0',
    SNAPSTAND_SEED: 'seed.yaml',
    SNAPSTAND_DATA: 'worlds',
    SNAPSTAND_CLOCK: 'manual',
    SNAPSTAND_CLOCK_AT: '2026-02-28T08:00:00Z',
    SNAPSTAND_AUTH: 'strict',
    SNAPSTAND_KEY: 'a:b  c:d:team',
    SNAPSTAND_BEARER: 'tok:en:team',
    SNAPSTAND_CONTROL: 'on',
    SNAPSTAND_CONTROL_HOST: 'one two',
    SNAPSTAND_CONTROL_TOKEN: 'hush',
    SNAPSTAND_CORS: 'http://localhost:3000 HTTPS://App.example:443/ *',
    SNAPSTAND_TLS: 'on',
    SNAPSTAND_TLS_PORT: '7443',
    SNAPSTAND_TLS_HOST: '',
    SNAPSTAND_TLS_CERT: 'own.crt',
    SNAPSTAND_TLS_KEY: 'own.key',
    SNAPSTAND_METRICS: 'on',
    SNAPSTAND_METRICS_WORLDS: 'true',
    SNAPSTAND_SHARD: '1/3',
    SNAPSTAND_MAX_WORLDS: '5',
    SNAPSTAND_JOURNAL_BYTES: '2 KiB',
    SNAPSTAND_MAX_ADVANCE: '7',
    SNAPSTAND_GRACE: '250ms',
    SNAPSTAND_URL_FILE: '/tmp/url',
    SNAPSTAND_LOG_LEVEL: 'silent',
    SNAPSTAND_LOG_FORMAT: 'json',
    SNAPSTAND_QUIET: 'on'
  }
  const named = Object.values(FLAGS).map(variableOf)
  expect([...Object.keys(env), 'SNAPSTAND_CONFIG'].sort()).toEqual(named.sort())
  expect(await readConfig({}, env)).toEqual({
    host: '::1',
    port: 0,
    seed: 'seed.yaml',
    data: 'worlds',
    clock: 'manual',
    clockAt: Date.UTC(2026, 1, 28, 8),
    auth: 'strict',
    keys: [
      { id: 'a', secret: 'b' },
      { id: 'c', secret: 'd', world: 'team' },
      { bearer: 'tok:en', world: 'team' }
    ],
    control: 'on',
    controlHosts: ['one', 'two'],
    controlToken: 'hush',
    cors: ['http://localhost:3000', 'https://app.example', '*'],
    shard: { index: 1, count: 3 },
    maxWorlds: 5,
    journalBytes: 2048,
    maxAdvance: 7,
    graceMs: 250,
    urlFile: '/tmp/url',
    logLevel: 'silent',
    logFormat: 'json',
    isQuiet: true,
    tls: { port: 7443, hosts: [], given: { certificate: 'own.crt', key: 'own.key' } },
    metrics: { perWorld: true }
  })
})

test('https is off, on by its name, and on with a certificate of one’s own', async () => {
  const tls = async (flags: object) => (await readConfig({ ...flags }, {})).tls
  expect(await tls({})).toBeUndefined()
  expect(await tls({ tls: true })).toEqual({ port: 7421, hosts: [], given: undefined })
  const tlsHost = ['Snapstand', '*.example.com', '10.0.0.7', '[fe80::1]']
  expect(await tls({ tls: true, tlsPort: '0', tlsHost })).toEqual({
    port: 0,
    hosts: ['snapstand', '*.example.com', '10.0.0.7', 'fe80::1'],
    given: undefined
  })
  const given = { certificate: 'c.pem', key: 'k.pem' }
  expect(await tls({ tlsCert: 'c.pem', tlsKey: 'k.pem' })).toEqual({ port: 7421, hosts: [], given })
  expect((await readConfig({ tlsCert: 'c.pem', tlsKey: 'k.pem' }, { SNAPSTAND_TLS: 'off' })).tls).toBeUndefined()
})

test.for([
  [{ tlsCert: 'c.pem' }, '--tls-cert: comes without its key (expected --tls-key <file> with it)'],
  [{ tlsKey: 'k.pem' }, '--tls-key: comes without its certificate (expected --tls-cert <file> with it)'],
  [{ tlsHost: ['a'] }, '--tls-host: there is no certificate to be made (expected --tls with it)'],
  [
    { tlsCert: 'c.pem', tlsKey: 'k.pem', tlsHost: ['a'] },
    '--tls-host: a certificate that is there names what it names (expected no --tls-host beside --tls-cert)'
  ],
  [
    { tls: true, tlsHost: ['snapstand:7421'] },
    '--tls-host: "snapstand:7421" cannot be read (expected a name or an address without a port, such as snapstand, *.example.com or 10.0.0.7)'
  ],
  [{ metricsWorlds: true }, '--metrics-worlds: nothing is counted (expected --metrics with it)'],
  [
    { metrics: true, control: 'off' },
    '--metrics: the control API, which tells them, is off (expected no --control off beside it)'
  ],
  [{ tls: true, tlsPort: '70000' }, '--tls-port: "70000" cannot be read (expected a whole number from 0 to 65535)']
] as const)('%o is refused', async ([flags, expected]) => {
  expect(await complaintsOf(() => readConfig(flags, {}))).toEqual([expected])
})

test('a file sets what flags set, and names its seed from where it lies', async () => {
  const config = await configFile(`port: 8080
seed: seeds/mine.yaml
clock-at: 2026-01-05T08:00:00+01:00
control-host: [snapstand, localhost.test]
keys:
  - { id: AK1, secret: 'with:colon' }
  - { id: AK2, secret: s, world: team }
  - { bearer: token, world: team }
`)
  expect(await readConfig({ config }, {})).toMatchObject({
    port: 8080,
    seed: join(folder, 'seeds/mine.yaml'),
    clockAt: Date.UTC(2026, 0, 5, 7),
    controlHosts: ['snapstand', 'localhost.test'],
    keys: [
      { id: 'AK1', secret: 'with:colon' },
      { id: 'AK2', secret: 's', world: 'team' },
      { bearer: 'token', world: 'team' }
    ]
  })
})

test.for([
  ['0/1', 0, 1],
  ['2/3', 2, 3],
  ['snapstand-2/3', 2, 3],
  ['my.snapstand-0-11/12', 11, 12]
] as const)('--shard %s is number %i, from 0, of %i', async ([shard, index, count]) => {
  expect((await readConfig({ shard }, {})).shard).toEqual({ index, count })
})

test.for(['3/3', '1', '1/', '/3', '-1/3', '1/3/5', '1 / 3', 'snapstand/3', '0/0', '0/10001'])(
  '--shard %s is refused',
  async (shard) => {
    const [complaint] = await complaintsOf(() => readConfig({ shard }, {}))
    expect(complaint).toContain('--shard: ')
    expect(complaint).toContain('expected i/n, such as 0/3 for the first of three')
  }
)

test('all that is wrong is told at once, each with its place and the right form', async () => {
  const env = { SNAPSTAND_AUTH: 'none', SNAPSTAND_MAX_WORLDS: '0' }
  expect(await complaintsOf(() => readConfig({ port: '99999', clockAt: '2026-02-30T00:00:00Z' }, env))).toEqual([
    '--port: "99999" cannot be read (expected a whole number from 0 to 65535)',
    '--clock-at: "2026-02-30T00:00:00Z" cannot be read (expected an instant from 2000 to 2100 such as 2026-01-05T08:00:00Z)',
    'SNAPSTAND_AUTH: "none" cannot be read (expected one of verify, strict, off)',
    'SNAPSTAND_MAX_WORLDS: "0" cannot be read (expected a whole number from 1 to 1000000)'
  ])
})

test('a wrong file is refused with line and column of every fault', async () => {
  const config = await configFile('prot: 1\nport: [1, 2]\nkeys:\n  - { id: "*", secret: x }\nclock: sundial\n')
  expect(await complaintsOf(() => readConfig({ config }, {}))).toEqual([
    `${config}:1:1 prot: is not known (did you mean port?)`,
    `${config}:2:1 port: takes one plain value (expected a whole number from 0 to 65535)`,
    `${config}:4:5 keys[0]: is no key (expected a list of { id, secret } or { id, secret, world } or { bearer, world })`,
    `${config}:5:1 clock: "sundial" cannot be read (expected one of system, manual)`
  ])
})

test.for([
  ['is missing', undefined, /cannot be read/],
  ['is no YAML', 'port: [1\n', /:2:1: not well-formed/],
  ['names a member twice', 'port: 1\nport: 2\n', /:2:1 port: is named twice$/],
  ['is a list', '- port\n', /:1:1: holds no settings/]
] as const)('a file that %s is refused', async ([, text, expected]) => {
  const config = text === undefined ? join(folder, 'nowhere.yaml') : await configFile(text)
  const complaints = await complaintsOf(() => readConfig({ config }, {}))
  expect(complaints).toEqual([expect.stringMatching(expected)])
})

test('an empty file sets nothing', async () => {
  const config = await configFile('# nothing yet\n')
  expect(await readConfig({ config }, {})).toEqual(await readConfig({}, {}))
})

test.for(['*:x', ':x', 'a', 'a:', 'a:b:', 'a:b:*', 'a:b:c:d', 'bearer-0123456789ab:x'])(
  'the key %s is refused, and no secret is echoed',
  async (key) => {
    const complaints = await complaintsOf(() => readConfig({ key: [key] }, {}))
    expect(complaints).toHaveLength(1)
    expect(complaints[0]).toMatch(/^--key: cannot be read \(expected id:secret/)
  }
)

test('the port that Kubernetes announces for a service is not taken for ours', async () => {
  expect(await readConfig({}, { SNAPSTAND_PORT: 'tcp://10.0.0.1:7420' })).toMatchObject({ port: 7420 })
})

test('a program hands over typed options, and a slip is named', async () => {
  const options = { port: 0, clockAt: new Date('2026-01-05T08:00:00Z'), keys: [{ id: 'a', secret: 'b:c' }] }
  expect(configOf([optionSource(options)])).toMatchObject({
    port: 0,
    clockAt: Date.UTC(2026, 0, 5, 8),
    keys: [{ id: 'a', secret: 'b:c' }]
  })
  expect(await complaintsOf(() => configOf([optionSource({ clockat: 1, keys: [{ id: 'a' }] })]))).toEqual([
    'options.clockat: is not known (did you mean clockAt?)',
    'options.keys[0]: is no key (expected a list of { id, secret } or { id, secret, world } or { bearer, world })'
  ])
})

test('a keyring knows configured secrets, worlds and tokens, and leaves the others to the mode', () => {
  const ring = createKeyring('verify', [
    { id: 'a', secret: 'old' },
    { id: 'a', secret: 'new', world: 'team' },
    { bearer: 'token', world: 'team' }
  ])
  expect([ring.secretOf('a'), ring.worldOf('a'), ring.worldOfBearer('token')]).toEqual(['new', 'team', 'team'])
  expect([ring.secretOf('b'), ring.worldOf('b'), ring.worldOfBearer('b')]).toEqual([undefined, 'b', undefined])
})

test.for([
  ['127.0.0.1', '127.0.0.1'],
  ['[::1]', '::1'],
  ['::', '::'],
  ['my-host.local', 'my-host.local'],
  ['fe80::1%eth0', 'fe80::1%eth0']
] as const)('the address %s is listened on as %s', async ([host, taken]) => {
  expect(await readConfig({ host }, {})).toMatchObject({ host: taken })
})

test.for(['', ' ', ' 127.0.0.1', 'http://127.0.0.1', '[]', '[::1', 'a b'])('%j is no address', async (host) => {
  expect(await complaintsOf(() => readConfig({ host }, {}))).toEqual([
    `--host: ${JSON.stringify(host)} cannot be read (expected an address such as 127.0.0.1 or ::1, or a name of this machine)`
  ])
})

test.for([' worlds', 'worlds ', '\tworlds', 'worlds\n', ' '])('%j is no path, wherever it stands', async (path) => {
  const expected = `${JSON.stringify(path)} cannot be read (expected a path without blanks around it)`
  for (const flag of ['data', 'seed', 'config']) {
    expect(await complaintsOf(() => readConfig({ [flag]: path }, {}))).toEqual([`--${flag}: ${expected}`])
    const variable = `SNAPSTAND_${flag.toUpperCase()}`
    expect(await complaintsOf(() => readConfig({}, { [variable]: path }))).toEqual([`${variable}: ${expected}`])
  }
  const config = await configFile(`data: ${JSON.stringify(path)}\n`)
  expect(await complaintsOf(() => readConfig({ config }, {}))).toEqual([`${config}:1:1 data: ${expected}`])
})

test('blanks within a path are part of it', async () => {
  expect(await readConfig({ data: 'my worlds' }, {})).toMatchObject({ data: 'my worlds' })
})

test.for(['snapstand', 'Snapstand:7420', '10.0.0.5', '[::1]', '[fd00::5]:7420', 'fd00::5', '.example.com', 'a_b.c-d'])(
  '%s is a Host to let in',
  async (name) => {
    expect(await readConfig({ controlHost: [name] }, {})).toMatchObject({ controlHosts: [name.toLowerCase()] })
  }
)

test.for(['*', '*.example.com', 'http://snapstand', 'snapstand/', '', ' snapstand', '.', '快照'])(
  '%j is no Host, and the way out is told',
  async (name) => {
    expect(await complaintsOf(() => readConfig({ controlHost: [name] }, {}))).toEqual([
      expect.stringMatching(
        /cannot be read \(expected a name such as snapstand, or \.example\.com .* --control-token\)$/
      )
    ])
  }
)

test('variables that nothing reads are told with the nearest that something does', () => {
  const env = { SNAPSTAND_CLOK: 'manual', SNAPSTAND_MAX_WORLD: '', SNAPSTAND_QUUX: 'x', SNAP_PORT: '1', HOME: '/' }
  expect(strangeVariables(env)).toEqual([
    { where: 'SNAPSTAND_CLOK', reason: 'is not known', expected: 'did you mean SNAPSTAND_CLOCK?' },
    { where: 'SNAPSTAND_MAX_WORLD', reason: 'is not known', expected: 'did you mean SNAPSTAND_MAX_WORLDS?' },
    {
      where: 'SNAPSTAND_QUUX',
      reason: 'is not known',
      expected: expect.stringMatching(/^known are SNAPSTAND_CONFIG, /)
    }
  ])
})

test('variables that are ours, and those that Kubernetes and Docker set beside a service, are not told', () => {
  const ours = [...Object.values(FLAGS).map(variableOf), 'SNAPSTAND_URL', 'SNAPSTAND_WORLD']
  const address = 'tcp://10.0.0.1:7420'
  const theirs = {
    SNAPSTAND_SERVICE_HOST: '10.0.0.1',
    SNAPSTAND_SERVICE_PORT: '7420',
    SNAPSTAND_SERVICE_PORT_HTTP: '7420',
    SNAPSTAND_PORT: address,
    SNAPSTAND_PORT_7420_TCP: address,
    SNAPSTAND_PORT_7420_TCP_PROTO: 'tcp',
    SNAPSTAND_PORT_7420_TCP_PORT: '7420',
    SNAPSTAND_PORT_7420_TCP_ADDR: '10.0.0.1',
    SNAPSTAND_TWO_SERVICE_HOST: '10.0.0.2',
    SNAPSTAND_TWO_PORT: address,
    SNAPSTAND_NAME: '/app/snapstand',
    SNAPSTAND_ENV_NODE_VERSION: '24'
  }
  expect(strangeVariables({ ...Object.fromEntries(ours.map((name) => [name, ''])), ...theirs })).toEqual([])
})
