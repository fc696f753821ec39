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
 * - `source`, `checkedOn`: where the exchange or its parts come from, and when that was last compared.
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
const Fixture = Type.Object(
  {
    source: Type.String({ minLength: 1 }),
    checkedOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    seed: Type.Optional(Type.Union([Type.String(), Type.Object({})])),
    settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    clock: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' }),
    before: Type.Optional(Type.Array(Request)),
    request: Request,
    response: Type.Object({ status: Type.Integer(), body: Type.Optional(Type.Unknown()) }, closed),
    generated: Type.Optional(Type.Record(Type.String(), Type.String()))
  },
  closed
)
export type FixtureRequest = Static<typeof Request>
export interface Exchange extends Static<typeof Fixture> {
  readonly provider: string
  readonly operation: string
  /** The file's name without its ending. */
  readonly title: string
}

const ROOT = fileURLToPath(new URL('../fixtures/', import.meta.url))

/** The providers that have exchanges. */
export const providersWithFixtures = readdirSync(ROOT).filter((name) => name !== 'seeds')

/** Every exchange of a provider, in the order of its files. */
export function exchangesOf(provider: string): readonly Exchange[] {
  return readdirSync(join(ROOT, provider), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: operation }) =>
      readdirSync(join(ROOT, provider, operation)).map((file) => {
        const fixture = read(Fixture, join(provider, operation, file))
        return { ...fixture, provider, operation, title: file.replace(/\.yaml$/, '') }
      })
    )
}

/** The seed document of an exchange, if it has one. */
export function seedOf({ provider, seed }: Exchange): object | undefined {
  return typeof seed === 'string' ? read(Type.Object({}), join(provider, `${seed}.yaml`)) : seed
}

function read<T extends TSchema>(schema: T, file: string): Static<T> {
  const value: unknown = parse(readFileSync(join(ROOT, file), 'utf8'))
  if (Value.Check(schema, value)) return value
  const [first] = Value.Errors(schema, value)
  throw new Error(`${file}: ${first?.path} ${first?.message}`)
}
