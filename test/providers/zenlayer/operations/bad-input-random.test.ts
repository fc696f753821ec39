import { KindGuard, type TSchema, Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Operation, Refusal } from '../../../../src/providers/provider.ts'
import { errors } from '../../../../src/providers/zenlayer/errors.ts'
import { zenlayer } from '../../../../src/providers/zenlayer/index.ts'
import { rowsOf } from '../../../core/rows.ts'
import { exactly } from '../../../exact.ts'
import { start } from '../../../harness.ts'
import { runs } from '../../../runs.ts'
import { anyCharacter } from '../../../text.ts'

// Generated bad inputs for every action: never a 5xx, always the three-member form, a code of 3.1 or of the action's own
// list, and no effect of a refused call.

const SEED = Number(process.env.FUZZ_SEED ?? 20_260_105)
const RUNS = Number(process.env.FUZZ_RUNS ?? runs(20, 50))
const TIMEOUT = { timeout: 20_000 + 200 * RUNS }
const catalogue: Readonly<Record<string, Refusal>> = errors
type Row = Record<string, unknown>

let server: Awaited<ReturnType<typeof start>>
beforeAll(async () => {
  server = await start()
})
afterAll(async () => {
  await server.close()
})

function row(value: unknown): Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(JSON.stringify(value))
  return Object.fromEntries(Object.entries(value))
}

interface Called {
  readonly status: number
  readonly body: Row
}
/** With the text of the body as it is, so that it may hold what JSON.stringify never writes. */
async function call(action: string, text: string, key: string, version?: string): Promise<Called> {
  const { path, versions } = addressOf(action)
  const reply = await server.app.inject({
    method: 'POST',
    url: path,
    headers: {
      'content-type': 'application/json',
      'x-zc-action': action,
      'x-zc-version': version ?? versions.at(-1) ?? '',
      authorization: `Bearer ${key}`
    },
    payload: text
  })
  return { status: reply.statusCode, body: row(reply.json()) }
}
function addressOf(action: string): { readonly path: string; readonly versions: readonly string[] } {
  const operation = zenlayer.operations.find(({ name }) => name === action)
  if (!operation) throw new Error(`no action ${action}`)
  return { path: operation.route.path, versions: operation.versions ?? [] }
}
async function ok(action: string, body: object, key: string): Promise<Row> {
  const { status, body: answer } = await call(action, JSON.stringify(body), key)
  if (status !== 200) throw new Error(`${action}: ${JSON.stringify(answer)}`)
  return row(answer.response)
}

/** All that a world holds, as text. */
const stateOf = (key: string) => rowsOf(server.core.world(key))

/** What a world holds, by the names that members of requests have. */
type Pool = Readonly<Record<string, readonly unknown[]>>
interface Place {
  readonly key: string
  readonly pool: Pool
  state: string
}
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const members = (value: unknown, name: string): string[] =>
  Array.isArray(value) ? value.map((one) => String(row(one)[name])) : []

/** A world with disks, snapshots, policies, tags, a second group, and disks in several states. */
async function makeWorld(key: string, foreign: readonly string[]): Promise<Place> {
  const instances = (await ok('DescribeInstances', {}, key)).dataSet
  const [zoneId] = members(instances, 'zoneId')
  const instanceIds = members(instances, 'instanceId')
  const tags = { tags: [{ key: 'env', value: 'prod' }] }
  const disk = { zoneId, diskSize: 40, tags }
  const made = strings((await ok('CreateDisks', { ...disk, diskName: 'd-1', diskAmount: 4 }, key)).diskIds)
  const attached = strings(
    (await ok('CreateDisks', { ...disk, diskName: 'a-1', instanceId: instanceIds[0] }, key)).diskIds
  )
  const group = String((await ok('CreateResourceGroup', { name: 'second' }, key)).resourceGroupId)
  const schedule = { zoneId, repeatWeekDays: [1, 2], hours: [3], tags }
  const policies: string[] = []
  for (const autoSnapshotPolicyName of ['p-1', 'p-2']) {
    const policy = await ok('CreateAutoSnapshotPolicy', { ...schedule, autoSnapshotPolicyName }, key)
    policies.push(String(policy.autoSnapshotPolicyId))
  }
  await ok('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: policies[0], diskIds: made.slice(0, 2) }, key)
  const snapshots: string[] = []
  for (const diskId of [made[0], made[0], attached[0]]) {
    const snapshot = await ok('CreateSnapshot', { diskId, snapshotName: `s-${snapshots.length}` }, key)
    snapshots.push(String(snapshot.snapshotId))
  }
  const diskIds = members((await ok('DescribeDisks', { pageSize: 1000 }, key)).dataSet, 'diskId')
  const groups = members((await ok('DescribeResourceGroups', {}, key)).resourceGroups, 'resourceGroupId')
  const pool: Pool = {
    diskId: [...diskIds, foreign[0]],
    snapshotId: [...snapshots, foreign[1]],
    autoSnapshotPolicyId: [...policies, foreign[2]],
    instanceId: [...instanceIds, foreign[0]],
    resourceGroupId: [...groups, group, foreign[3]],
    resourceUuid: [...diskIds, ...policies, ...instanceIds, snapshots[0]],
    resource: [...diskIds, ...policies, ...instanceIds, snapshots[0]],
    zoneId: [zoneId, 'none'],
    regionId: ['asia-east-1', 'none'],
    retentionTime: ['2099-01-01T00:00:00Z', '2020-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z'],
    startTime: ['2026-01-05T00:00:00Z', '0000-01-01T00:00:00Z'],
    endTime: ['2026-01-05T08:00:00Z', '9999-12-31T23:59:59Z', '2020-01-01T00:00:00Z'],
    key: ['env', 'team'],
    tagKey: ['env', 'team'],
    deleteTagKey: ['env', 'team'],
    metricType: ['DISK_UTIL', 'DISK_READ_OPS'],
    diskCategory: ['Basic NVMe SSD', 'Standard NVMe SSD']
  }
  return { key, pool, state: stateOf(key) }
}

/** Text that JSON.stringify cannot write, written in its place. */
const RAW = ['1e400', '-1e400', '99999999999999999999999999', '1E2', '-0', '0.1e1']
const raw = (text: string) => `@raw:${text}@`
const textOf = (value: unknown) => (JSON.stringify(value) ?? '').replaceAll(/"@raw:([^"@]*)@"/g, '$1')

const badTexts = [
  '\u0000',
  'a\u0000b',
  '\u001b[31m',
  '\ud800',
  '\udfff x',
  'é',
  '快照',
  '😀'.repeat(40),
  '\u202e\u2028',
  "'; DROP TABLE volumes; --",
  '%00',
  '%',
  '_',
  '*',
  '^',
  '$',
  '(a+)+$',
  '[',
  '^(?:',
  '\\',
  '\\Q',
  '(?P<a>.)',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '{}',
  'null',
  '0',
  '-1',
  ' ',
  '\t\n',
  'x'.repeat(257),
  'x'.repeat(20_000),
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01',
  'AVAILABLE',
  'Auto',
  'available'
]
const bad = fc.oneof(
  fc.constantFrom<unknown>(null, '', [], {}, true, false, 0, -1, 1, 1.5, 1e308, -1e308, 2 ** 53, -(2 ** 63), 65536),
  fc.constantFrom(...badTexts),
  fc.constantFrom(...RAW).map(raw),
  fc.constantFrom<unknown>([null], [''], [[]], [{}], [1, '1'], { tags: null }, { tags: [{}] }, { tags: {} }, { 0: 1 }),
  fc.string({ unit: anyCharacter, maxLength: 80 }),
  fc.jsonValue({ maxDepth: 3 })
)

/** Something that this member might hold: mostly what its schema wants, with ids that exist, once in `weight` not. */
function plausibleOf(schema: TSchema, name: string, pool: Pool, weight: number): fc.Arbitrary<unknown> {
  const known = pool[name]
  const fitting = fittingOf(schema, name, pool)
  const plausible = known ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, fitting) : fitting
  const good = { weight, arbitrary: KindGuard.IsArray(schema) ? fitting : plausible }
  return fc.oneof(good, { weight: 1, arbitrary: bad })
}
function fittingOf(schema: TSchema, name: string, pool: Pool): fc.Arbitrary<unknown> {
  if (KindGuard.IsObject(schema)) return objectOf(schema, pool)
  if (KindGuard.IsArray(schema)) {
    const item = plausibleOf(schema.items, singular(name), pool, 12)
    const few = fc.array(item, { maxLength: 4 })
    const twice = few.map((items) => [...items, ...items])
    const many = fc.tuple(item, fc.constantFrom(11, 51, 101, 1001)).map(([one, length]) => Array(length).fill(one))
    return fc.oneof({ weight: 6, arbitrary: few }, { weight: 2, arbitrary: twice }, { weight: 1, arbitrary: many })
  }
  if (KindGuard.IsUnion(schema)) return fc.oneof(...schema.anyOf.map((part) => fittingOf(part, name, pool)))
  if (KindGuard.IsLiteral(schema)) return fc.constant(schema.const)
  if (KindGuard.IsBoolean(schema)) return fc.boolean()
  if (KindGuard.IsInteger(schema)) {
    const min = schema.minimum ?? 1
    const max = schema.maximum ?? 100
    return fc.oneof(fc.integer({ min, max: Math.min(max, min + 60) }), fc.constantFrom(min, max, min - 1, max + 1, 0))
  }
  return fc.constantFrom('name-1', 'a', 'A.b/c_d-9', 'env')
}
function singular(name: string): string {
  return name.replace(/Ids$/, 'Id').replace(/^(resource|tagKey|deleteTagKey)s$/, '$1')
}
function objectOf(schema: TSchema, pool: Pool): fc.Arbitrary<unknown> {
  if (!KindGuard.IsObject(schema)) return fc.constant({})
  const count = Object.keys(schema.properties).length
  const model = Object.entries(schema.properties).map(([name, inner]) => {
    const required = schema.required?.includes(name) ?? false
    const value = plausibleOf(inner, name, pool, 2 + 2 * count)
    return [name, fc.option(value, { nil: undefined, freq: required ? 20 : 2 })] as const
  })
  return fc.record({
    ...Object.fromEntries(model),
    unknownMember: fc.option(fc.jsonValue(), { nil: undefined, freq: 1 })
  })
}

const answers = new Map(
  zenlayer.operations.map(({ name, response }) => {
    const members = KindGuard.IsObject(response) ? response.properties : {}
    return [name, TypeCompiler.Compile(exactly(Type.Object({ ...members, requestId: Type.String() })))] as const
  })
)

function checkAnswer(operation: Pick<Operation, 'name' | 'errors' | 'wording'>, { status, body }: Called): void {
  if (status === 200) {
    expect(Object.keys(body)).toEqual(['requestId', 'response'])
    const faults = [...(answers.get(operation.name)?.Errors(body.response) ?? [])]
    expect(faults.map(({ path, message }) => `${path}: ${message}`)).toEqual([])
    return
  }
  expect(Object.keys(body)).toEqual(['requestId', 'code', 'message'])
  expect(body.requestId).toMatch(/^T[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/)
  const code = String(body.code)
  const refusal = { ...catalogue[code], ...operation.wording[code] }
  const isNamed = /_NOT_FOUND$|_(?:EXCEED|LESS)_(?:MAXIMUM|MINIMUM|LENGTH)$/.test(code)
  const named = isNamed
    ? /^The specified [\w.]+ `[\s\S]*` (?:is not found|exceeds the maximum|is less than the minimum)/
    : /^$/
  const message = named.test(String(body.message)) ? refusal.message : body.message
  expect({ status, message }, code).toEqual({ status: refusal.status, message: refusal.message })
  expect(status).toBeLessThan(500)
  const isInput = refusal.common === true && !code.startsWith('AUTHFAILURE') && code !== 'REQUEST_LIMIT_EXCEEDED'
  expect(isInput || operation.errors.includes(code), `${code} is none of ${operation.name}`).toBe(true)
}

let worldsMade = 0
let shared: Promise<Place> | undefined
/** For calls that change nothing. */
function sharedWorld(): Promise<Place> {
  shared ??= nextWorld()
  return shared
}
let foreign: readonly string[] = []
async function nextWorld(): Promise<Place> {
  if (foreign.length === 0) {
    // Further along in its sequence than any other world here gets.
    for (let n = 0; n < 8; n++) {
      const zoneId = members((await ok('DescribeInstances', {}, 'foreign')).dataSet, 'zoneId')[0]
      await ok('CreateDisks', { zoneId, diskName: 'far', diskSize: 20, diskAmount: 50 }, 'foreign')
    }
    const { pool } = await makeWorld('foreign', [])
    const last = (name: string) => String(pool[name]?.filter((id) => id !== undefined).at(-1))
    foreign = ['diskId', 'snapshotId', 'autoSnapshotPolicyId', 'resourceGroupId'].map(last)
  }
  return makeWorld(`bad-${++worldsMade}`, foreign)
}

test.for(zenlayer.operations.map((operation) => operation.name))('%s survives bad input', TIMEOUT, async (name) => {
  const operation = zenlayer.operations.find((one) => one.name === name)
  if (!operation) throw new Error(name)
  let place = await nextWorld()
  const abroad = stateOf('foreign')
  const { versions } = addressOf(name)
  const outcomes = new Map<string, number>()
  const survives = fc.asyncProperty(objectOf(operation.request.body, place.pool), fc.nat(), async (body, n) => {
    const reply = await call(name, textOf(body), place.key, versions[n % versions.length])
    checkAnswer(operation, reply)
    const outcome = reply.status === 200 ? 'success' : String(reply.body.code)
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    const state = stateOf(place.key)
    if (reply.status !== 200 || name.startsWith('Describe') || name.startsWith('Inquiry'))
      expect(state).toBe(place.state)
    place.state = state
    // Ids repeat from world to world, so what the generator knows stays true.
    if (state.length > 150_000) place = await nextWorld()
  })
  await fc.assert(survives, { numRuns: RUNS, seed: SEED })
  expect(stateOf('foreign')).toBe(abroad)
  if (Object.keys(properties(operation)).length > 0) expect(outcomes.size).toBeGreaterThan(1)
})

function properties(operation: Pick<Operation, 'request'>): Readonly<Record<string, TSchema>> {
  const { body } = operation.request
  return KindGuard.IsObject(body) ? body.properties : {}
}

/** One value of each JSON type that the schema does not want; none that counts as absent. */
function wrongTypes(schema: TSchema): unknown[] {
  const parts: readonly TSchema[] = KindGuard.IsUnion(schema) ? schema.anyOf : [schema]
  const type = parts[0]?.type
  const wanted = type === 'number' ? 'integer' : type
  const samples: Record<string, unknown> = { string: 'x', integer: 7, boolean: true, array: [7], object: { a: 1 } }
  const { [String(wanted)]: _, ...others } = samples
  return [...Object.values(others), ...(wanted === 'integer' ? [1.5, '7'] : [])]
}
const fieldsOf = zenlayer.operations.flatMap((operation) =>
  Object.entries(properties(operation)).map(([member, schema]) => ({ operation, member, schema, name: operation.name }))
)

test.for(fieldsOf)('$name refuses another JSON type in $member', async ({ operation, member, schema, name }) => {
  const place = await sharedWorld()
  for (const value of wrongTypes(schema)) {
    // Even where everything else is missing: types come first.
    const { status, body } = await call(name, JSON.stringify({ [member]: value }), place.key)
    expect({ value, status, code: body.code }).toEqual({ value, status: 400, code: 'INVALID_PARAMETER_TYPE' })
  }
  expect(operation.name).toBe(name)
  expect(stateOf(place.key)).toBe(place.state)
})

test.for(fieldsOf)('$name: what counts as absent in $member', async ({ operation, member, schema, name }) => {
  const { key } = await sharedWorld()
  const { body: request } = operation.request
  const required = KindGuard.IsObject(request) && (request.required?.includes(member) ?? false)
  const codeOf = async (text: string) => (await call(name, text, key)).body.code
  const without = await codeOf('{}')
  // An empty list says nothing where a list is wanted, and is another type elsewhere.
  const isList = KindGuard.IsArray(schema)
  const ofList = isList ? (required ? 'MISSING_PARAMETER' : without) : 'INVALID_PARAMETER_TYPE'
  expect(await codeOf(JSON.stringify({ [member]: [] }))).toBe(ofList)
  if (required) {
    for (const empty of [null, '']) {
      expect(await codeOf(JSON.stringify({ [member]: empty }))).toBe('MISSING_PARAMETER')
    }
    return
  }
  expect(await codeOf(JSON.stringify({ [member]: null }))).toBe(without)
  if (schema.emptyIsGiven !== true) {
    expect(await codeOf(JSON.stringify({ [member]: '' }))).toBe(without)
    return
  }
  // The others of the class "required" come before it.
  const expected = without === 'MISSING_PARAMETER' ? without : 'INVALID_PARAMETER_LESS_LENGTH'
  expect(await codeOf(JSON.stringify({ [member]: '' }))).toBe(expected)
  expect(stateOf(key)).toBe((await sharedWorld()).state)
})

const texts = [
  '',
  ' ',
  '{',
  '[]',
  'null',
  '1',
  '"x"',
  '{"a":1}x',
  '\ufeff{}',
  `${'['.repeat(100_000)}`,
  '{"a":'.repeat(50_000)
]

test('bodies that are no object are refused, the empty one is an object', async () => {
  const { key, state } = await nextWorld()
  for (const text of texts) {
    const { status, body } = await call('DescribeDisks', text, key)
    if (text === '') expect(status).toBe(200)
    else
      expect({ text: text.slice(0, 9), status, code: body.code }).toMatchObject({
        status: 400,
        code: 'INVALID_PARAMETER_TYPE'
      })
  }
  expect(stateOf(key)).toBe(state)
})

test('a body nested a hundred thousand times where no schema looks is no fault', async () => {
  const { key } = await nextWorld()
  const deep = `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  expect((await call('DescribeDisks', deep, key)).status).toBe(200)
  const { status, body } = await call('DescribeDisks', `{"diskIds":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, key)
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'INVALID_PARAMETER_TYPE' })
})

test('a body over 1 MiB is too long, one just below is not', async () => {
  const { key } = await nextWorld()
  const padded = (length: number) => `{"x":"${'y'.repeat(length - 8)}"}`
  const big = await call('DescribeDisks', padded(1024 ** 2 + 1), key)
  expect({ status: big.status, code: big.body.code }).toEqual({ status: 400, code: 'INVALID_PARAMETER_EXCEED_LENGTH' })
  expect((await call('DescribeDisks', padded(1024 ** 2), key)).status).toBe(200)
})
