import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { configOf, optionSource, readConfig } from '../../src/config/config.ts'
import { FLAGS, variableOf } from '../../src/config/flags.ts'
import { createKeyring } from '../../src/config/keys.ts'
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
    logLevel: 'info'
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
    SNAPSTAND_CONTROL: 'off',
    SNAPSTAND_CONTROL_HOST: 'one two',
    SNAPSTAND_CONTROL_TOKEN: 'hush',
    SNAPSTAND_CORS: 'http://localhost:3000 HTTPS://App.example:443/ *',
    SNAPSTAND_MAX_WORLDS: '5',
    SNAPSTAND_JOURNAL_BYTES: '2 KiB',
    SNAPSTAND_MAX_ADVANCE: '7',
    SNAPSTAND_GRACE: '250ms',
    SNAPSTAND_LOG_LEVEL: 'silent'
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
    control: 'off',
    controlHosts: ['one', 'two'],
    controlToken: 'hush',
    cors: ['http://localhost:3000', 'https://app.example', '*'],
    maxWorlds: 5,
    journalBytes: 2048,
    maxAdvance: 7,
    graceMs: 250,
    logLevel: 'silent'
  })
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
  ['names a member twice', 'port: 1\nport: 2\n', /:2:1: not well-formed: Map keys must be unique/],
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
