import { KindGuard, type TObject, type TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Door } from '../../src/doors/door.ts'
import { DOORS } from '../../src/doors/index.ts'
import { type Answer, type Server, start } from '../harness.ts'

const rows: readonly Door[] = DOORS
/** What each body holds that is right, so that one wrong member is all that is wrong. */
const RIGHT: Readonly<Record<string, object>> = {
  keepWorld: { keep: true },
  setClock: { mode: 'manual' },
  advanceClock: { by: 'P1D' },
  expectRequests: { operation: '*' },
  beginMove: { to: 'http://127.0.0.1:7431' },
  finishMove: { move: 'none' },
  putFault: { then: { delayMs: 1 } }
}
const WRONG: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e300,
  '',
  'nonsense',
  'x'.repeat(20_000),
  [],
  [{}],
  {},
  { a: 1 }
]
const WRONG_TEXTS = ['', '-1', '1.5', '1e9', '99999999999999999999', 'nonsense', 'x'.repeat(2000)]

let server: Server
beforeAll(async () => {
  server = await start()
})
afterAll(() => server.close())

const membersOf = (schema: TSchema | undefined): [string, TSchema][] =>
  schema && KindGuard.IsObject(schema) ? Object.entries(schema.properties) : []

/** The address with something for every parameter. */
const pathOf = ({ path, request }: Door): string =>
  path.replace(/:(\w+)/g, (_, name: string) => {
    const { examples = ['zenlayer'] } = request.params?.properties[name] ?? {}
    return encodeURIComponent(String(examples[0]))
  })

/** Refused, in words that name the place and what would be right there; and nothing is there that was not before. */
function refused(answer: Answer, what: string, place: string): void {
  const told = `${what}: ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 500)}`
  expect(answer.status, told).toBe(400)
  const { field, detail, example, nearest, known }: Record<string, unknown> = Object(answer.body)
  expect(String(field).split('.')[0], told).toBe(place)
  const isHelpful =
    [example, nearest, known].some((each) => each !== undefined) || /expected|known are|nothing is/.test(String(detail))
  expect(isHelpful, told).toBe(true)
  expect(server.core.worlds(), told).toEqual([])
}

/** The wrong values of a member. */
const wrongFor = (schema: TSchema): readonly unknown[] => WRONG.filter((value) => !Value.Check(schema, value))

test.for(rows.filter(({ request }) => request.query).map((row) => [row.name, row] as const))(
  '%s refuses a query that it does not take',
  async ([, row]) => {
    const path = pathOf(row)
    const ask = (name: string, value: string) =>
      server.control(row.method, `${path}?${name}=${encodeURIComponent(value)}`, RIGHT[row.name])
    refused(await ask('nonsense', '1'), 'an unknown parameter', 'nonsense')
    refused(await ask('constructor', '1'), 'a name that every object has', 'constructor')
    for (const [name, schema] of membersOf(row.request.query)) {
      const isNumber = KindGuard.IsInteger(schema)
      const wrong = WRONG_TEXTS.filter((text) => isNumber || KindGuard.IsBoolean(schema) || !Value.Check(schema, text))
      for (const value of wrong) refused(await ask(name, value), `${name}=${value.slice(0, 50)}`, name)
    }
  }
)

test.for(rows.filter(({ request }) => request.body).map((row) => [row.name, row] as const))(
  '%s refuses a body that it does not take',
  async ([name, row]) => {
    const path = pathOf(row)
    const right = RIGHT[name] ?? {}
    for (const body of [null, true, 7, 'text', []]) {
      refused(await server.control(row.method, path, body), `the body ${JSON.stringify(body)}`, 'body')
    }
    for (const text of ['{', '{"a":1,}', '{"a":1}{}', 'nonsense', '\u0000']) {
      const { statusCode, body } = await server.app.inject({
        method: row.method,
        url: `/_snapstand${path}`,
        payload: text
      })
      expect([statusCode, JSON.parse(body).field], text).toEqual([400, 'body'])
    }
    const schema = row.request.body
    if (!schema || !KindGuard.IsObject(schema)) return
    const withOne = (member: string, value: unknown) => server.control(row.method, path, { ...right, [member]: value })
    refused(await withOne('nonsense', 1), 'an unknown member', 'nonsense')
    for (const [member, each] of membersOf(schema)) {
      for (const value of wrongFor(each)) {
        refused(await withOne(member, value), `${member}: ${JSON.stringify(value).slice(0, 50)}`, member)
      }
      if (!isRequired(schema, member)) continue
      const { [member]: _, ...others }: Record<string, unknown> = { ...right }
      refused(await server.control(row.method, path, others), `no ${member}`, member)
    }
  }
)

function isRequired({ required = [] }: TObject, member: string): boolean {
  return required.includes(member)
}

test.for(rows.filter(({ request }) => request.params).map((row) => [row.name, row] as const))(
  '%s knows nothing of ids that are not there',
  async ([name, row]) => {
    for (const id of ['none', 'constructor', '\u0000', 'x'.repeat(5000), '☃', "'; --", '%']) {
      const path = row.path.replace(/:\w+/g, () => encodeURIComponent(id))
      const { status, body } = await server.control(row.method, path, RIGHT[name])
      if (status < 300) continue
      expect([400, 404, 409], `${name} ${id.slice(0, 20)}: ${status}`).toContain(status)
      expect(Object(body).field, JSON.stringify(body).slice(0, 500)).toBeTypeOf('string')
    }
  }
)

test.for(rows.filter(({ request }) => request.body || request.text).map((row) => [row.name, row] as const))(
  '%s refuses what is longer than it takes',
  async ([, row]) => {
    const most = row.request.text?.bytesMax ?? 1024 ** 2
    // A body that would take long to send is announced only.
    if (most > 1024 ** 2) return
    const { statusCode, body } = await server.app.inject({
      method: row.method,
      url: `/_snapstand${pathOf(row)}`,
      payload: JSON.stringify({ a: 'x'.repeat(most) })
    })
    expect([statusCode, JSON.parse(body).status]).toEqual([413, 413])
  }
)
