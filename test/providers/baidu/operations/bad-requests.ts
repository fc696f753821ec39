import { KindGuard, type TSchema } from '@sinclair/typebox'
import fc from 'fast-check'
import type { Operation, Route } from '../../../../src/providers/provider.ts'
import { anyCharacter } from '../../../text.ts'

export interface BadRequest {
  readonly operation: Operation
  readonly method: Route['method']
  readonly url: string
  readonly body: string | Buffer
}

/** Ids that a member of this name may really hold, so that many requests come further than their first check. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  aspId: ['asp-policy00'],
  volumeId: ['v-data0000', 'v-used0000', 'v-system00', 'v-prepaid0', 'v-broken00'],
  volumeIds: ['v-data0000', 'v-used0000', 'v-system00'],
  snapshotId: ['s-manual00', 's-used0000', 's-failed00'],
  sourceSnapshotId: ['s-manual00'],
  shareSnapshotId: ['share-0000000000'],
  instanceId: ['i-running0', 'i-other000', 'i-starting', 'v-data0000'],
  zoneName: ['cn-bj-a', 'cn-bj-e'],
  name: ['a-name'],
  destRegion: ['gz'],
  retentionDays: ['7']
}
const OTHERS_ID = 'asp-0thers00'

const oddText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '0',
    '-1',
    '1e309',
    'null',
    'true',
    '每日',
    '😀',
    '\ud800',
    '../..',
    "' OR 1=1 --",
    '%',
    '%2F',
    '~',
    ':id',
    '*',
    '__proto__',
    'constructor',
    'toString',
    OTHERS_ID
  ),
  fc.string({ unit: anyCharacter, maxLength: 20 }),
  fc.constantFrom('a', '每', '"').map((unit) => unit.repeat(5000))
)
const oddNumber = fc.constantFrom(0, -0, -1, 1.5, 7, 8, 24, 10_001, 32_766, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324)
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: oddText },
  { weight: 3, arbitrary: oddNumber },
  fc.constantFrom<unknown>(null, true, false, [], {}, [null], [[]], [{}], { '': '' }, { length: 1e9 }),
  fc.constant(Array.from({ length: 3000 }, () => 'v-data0000')),
  fc.array(fc.oneof(oddText, oddNumber, fc.constant(null)), { maxLength: 5 })
)

/** A value that a schema takes, mostly. */
function fitting(schema: TSchema, name: string): fc.Arbitrary<unknown> {
  const known = KNOWN[name]
  if (KindGuard.IsObject(schema)) return objectFor(schema.properties, 0)
  if (KindGuard.IsArray(schema)) return fc.array(fitting(schema.items, name), { minLength: 1, maxLength: 3 })
  if (KindGuard.IsUnion(schema)) return fc.oneof(...schema.anyOf.map((form) => fitting(form, name)))
  if (KindGuard.IsLiteral(schema)) return fc.constant(schema.const)
  if (KindGuard.IsInteger(schema) || KindGuard.IsNumber(schema)) {
    return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, (schema.minimum ?? 0) + 100) })
  }
  if (KindGuard.IsBoolean(schema)) return fc.boolean()
  if (known) return fc.constantFrom(...known)
  return fc.constantFrom('1', '20', 'abc', 'on', 'off', 'month', 'Postpaid', 'cn-bj-a', 'asc')
}

/** Each member fitting, odd or left out; `oddity` of 10 are odd. */
function objectFor(properties: Readonly<Record<string, TSchema>>, oddity: number): fc.Arbitrary<object> {
  const members = Object.entries(properties).map(([name, schema]) => {
    const fits = { weight: 10 - oddity, arbitrary: fitting(schema, name) }
    return [name, oddity === 0 ? fits.arbitrary : fc.oneof(fits, { weight: oddity, arbitrary: oddValue })] as const
  })
  return fc.record(Object.fromEntries(members), { requiredKeys: [] }).map((value) => ({ ...value }))
}

function bodyOf(operation: Operation): fc.Arbitrary<string | Buffer> {
  const schema = operation.request.body
  const properties = KindGuard.IsObject(schema) ? schema.properties : {}
  const object = fc.constantFrom(1, 3, 6).chain((oddity) => objectFor(properties, oddity))
  const unknown = fc.dictionary(fc.oneof(oddText, fc.constantFrom('volumeId', 'id', 'metadata')), oddValue, {
    maxKeys: 2
  })
  return fc.oneof(
    { weight: 12, arbitrary: object.map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: fc.tuple(unknown, object).map(([more, value]) => JSON.stringify({ ...more, ...value })) },
    // The same member twice, and numbers that no double holds.
    { weight: 1, arbitrary: object.map((value) => JSON.stringify(value).replace('{', '{"name":1e999,"name":null,')) },
    { weight: 1, arbitrary: object.map((value) => JSON.stringify(value).replace(/"[^"]*":/, '"__proto__":')) },
    { weight: 1, arbitrary: object.map((value) => JSON.stringify(value).slice(0, -1)) },
    { weight: 2, arbitrary: oddValue.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', ' ', '{}', '[]', 'null', '{"a":'.repeat(20_000), '\ufeff{}', '{}//', '"\\ud800"')
    }
  )
}

/** Texts in a path or query: escaped rightly, oddly, or in vain; never a blank, which would end the request line. */
const wireText = fc.oneof(
  { weight: 4, arbitrary: oddText.map((text) => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '?'))) },
  fc.constantFrom(
    '%',
    '%zz',
    '%ff',
    '%c0%af',
    '%2e%2e',
    '%00',
    '..',
    '.',
    '%2F',
    '%252F',
    '+',
    '%20',
    ';',
    ':',
    '@',
    '*',
    '~'
  ),
  fc.constantFrom('%61sp-policy00', 'asp%2dpolicy00', 'ASP-POLICY00', 'v-data0000%20', '-1')
)

function segmentFor(name: string): fc.Arbitrary<string> {
  const known = [...(KNOWN[name] ?? []), ...(name === 'id' ? ['v-data0000', 'i-running0'] : []), 'none']
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...known) },
    wireText,
    fc.constantFrom(...Object.values(KNOWN).flat())
  )
}

function queryOf(operation: Operation, route: Route): fc.Arbitrary<string> {
  const schema = operation.request.query
  const names = KindGuard.IsObject(schema) ? Object.keys(schema.properties) : []
  const key = fc.constantFrom(
    ...names,
    'clientToken',
    'marker',
    'maxKeys',
    'pageNo',
    '',
    'attach',
    'detach',
    '__proto__',
    'constructor'
  )
  const value = fc.oneof(wireText, fc.constantFrom('1', '1000', '0', '-1', 'asc', 'v-data0000', 's-manual00', 't'))
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(key, value).map((pair) => pair.join('=')) },
    key,
    fc.constantFrom('', '&', '=', '==', '?', 'a=b=c')
  )
  const action = fc.constantFrom(route.selector ?? '', `${route.selector ?? ''}=`, `${route.selector ?? ''}=x`, '')
  const pieces = fc.array(piece, { maxLength: 3 })
  return fc.tuple(fc.nat(9), action, pieces, fc.boolean()).map(([chance, odd, more, isFirst]) => {
    const own = chance < 8 ? (route.selector ?? '') : odd
    const all = (isFirst ? [own, ...more] : [...more, own]).filter((one, index) => one !== '' || index > 0)
    return all.length > 0 ? `?${all.join('&')}` : ''
  })
}

/** Requests for one operation, at any of its addresses, of which next to all are wrong somewhere. */
export function badRequests(operation: Operation): fc.Arbitrary<BadRequest> {
  return fc.constantFrom(operation.route, ...operation.aliases).chain((route) => {
    const words = route.path
      .split('/')
      .map((word) => (word.startsWith(':') ? segmentFor(word.slice(1)) : fc.constant(word)))
    return fc.record({
      operation: fc.constant(operation),
      method: fc.constant(route.method),
      url: fc.tuple(fc.tuple(...words), queryOf(operation, route)).map(([path, query]) => path.join('/') + query),
      body: bodyOf(operation)
    })
  })
}
