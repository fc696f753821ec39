import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { parse } from 'yaml'

/**
 * One exchange with a cloud: `fixtures/<provider>/<Operation>/<case>.yaml`. A case is `success…` or the code that it
 * answers, with a tail where there are several: `INVALID_ZONE_NOT_FOUND.yaml`, `success-tags.yaml`.
 *
 * - `kind`: what it is, and so what it proves.
 *   - `documented`: a page of the cloud prints it or its parts; `source` names the page, `checkedOn` the day when the two
 *     were last compared. Such a file, and no other, ends in `-documented`.
 *   - `recorded`: the cloud itself answered so, on the day `recordedOn`, to the client `tool`.
 *   - `ours`: Snapstand's own answer, made `after` sections of docs/clouds/. It shows that the answer stays as it is, and
 *     proves nothing about the cloud.
 * - `seed`: a seed document, or the name of one beside the operations (`place` → `fixtures/<provider>/place.yaml`);
 *   without it the starter seed. `clock`: where the manual clock stands. `settings`: changed before the first call.
 * - `before`: requests that come first and must succeed.
 * - `request`: `{ action, version?, body? }` for Zenlayer, `{ method, url, body? }` for Baidu, `url` with its query.
 * - `response`: `status`, and `body`, absent where there is none.
 * - `generated`: dotted paths into the body → patterns. Both the value of the fixture and the answered one must match;
 *   all other values are compared by equality. Numbers in paths are places in lists.
 */
const closed = { additionalProperties: false } as const
const Request = Type.Union([
  Type.Object(
    { action: Type.String(), version: Type.Optional(Type.String()), body: Type.Optional(Type.Unknown()) },
    closed
  ),
  Type.Object(
    {
      method: Type.Union([Type.Literal('GET'), Type.Literal('POST'), Type.Literal('PUT'), Type.Literal('DELETE')]),
      url: Type.String(),
      body: Type.Optional(Type.Unknown())
    },
    closed
  )
])
const exchange = {
  seed: Type.Optional(Type.Union([Type.String(), Type.Object({})])),
  settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  clock: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' }),
  before: Type.Optional(Type.Array(Request)),
  request: Request,
  response: Type.Object({ status: Type.Integer(), body: Type.Optional(Type.Unknown()) }, closed),
  generated: Type.Optional(Type.Record(Type.String(), Type.String()))
}
const Words = Type.String({ minLength: 1 })
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const KINDS = {
  documented: Type.Object({ kind: Type.Literal('documented'), source: Words, checkedOn: Day, ...exchange }, closed),
  recorded: Type.Object({ kind: Type.Literal('recorded'), recordedOn: Day, tool: Words, ...exchange }, closed),
  ours: Type.Object({ kind: Type.Literal('ours'), after: Words, ...exchange }, closed)
}
const Fixture = Type.Union([KINDS.documented, KINDS.recorded, KINDS.ours])
/** To be read first, so that what is wrong in a file can be told by its kind. */
const Kind = Type.Object({ kind: Type.KeyOf(Type.Object(KINDS)) })
export type FixtureRequest = Static<typeof Request>
export type Exchange = Static<typeof Fixture> & {
  readonly provider: string
  readonly operation: string
  /** The file's name without its ending. */
  readonly title: string
}

const ROOT = fileURLToPath(new URL('../fixtures/', import.meta.url))

/** The providers that have exchanges. */
export const providersWithFixtures = readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && !['seeds', 'recorded'].includes(entry.name) ? entry.name : []
)

/** Every exchange of a provider, in the order of its files. */
export function exchangesOf(provider: string): readonly Exchange[] {
  return readdirSync(join(ROOT, provider), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: operation }) =>
      readdirSync(join(ROOT, provider, operation)).map((file) => {
        const exchange = exchangeIn(join(provider, operation, file))
        return { ...exchange, provider, operation, title: file.replace(/\.yaml$/, '') }
      })
    )
}

/** The seed document of an exchange, if it has one. */
export function seedOf({ provider, seed }: Exchange): object | undefined {
  if (typeof seed !== 'string') return seed
  const file = join(provider, `${seed}.yaml`)
  return checked(Type.Object({}), parsed(file), file)
}

function exchangeIn(file: string): Static<typeof Fixture> {
  const value = parsed(file)
  const { kind } = checked(Kind, value, file)
  return checked(KINDS[kind], value, file)
}

function parsed(file: string): unknown {
  return parse(readFileSync(join(ROOT, file), 'utf8'))
}

function checked<T extends TSchema>(schema: T, value: unknown, file: string): Static<T> {
  if (Value.Check(schema, value)) return value
  const [first] = Value.Errors(schema, value)
  throw new Error(`${file}: ${first?.path} ${first?.message}`)
}
