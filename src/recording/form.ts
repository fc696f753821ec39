import { type Static, Type } from '@sinclair/typebox'
import { DAY_MS } from '../core/model/clock.ts'

const closed = { additionalProperties: false } as const
const Words = Type.String({ minLength: 1 })
const Count = Type.Integer({ minimum: 0, expected: 'a number, 0 or more' })
/** A recording lasts ten years at most: no clock has room for what is later than any date. */
const Milliseconds = Type.Integer({
  minimum: 0,
  maximum: 3650 * DAY_MS,
  expected: 'whole milliseconds, 0 or more, of ten years at most'
})
/** What HTTP calls a token. */
const Token = Type.String({ pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", expected: 'a word as HTTP has it' })
const Line = Type.String({ pattern: '^[^\\u0000-\\u001f\\u007f]*$', expected: 'a line without control characters' })
const Target = Type.String({ pattern: '^[^\\u0000-\\u0020\\u007f]+$', expected: 'a path as a request line has it' })

/** One of the three; without a body the member is missing. `omitted` says why a body is not shown. */
export const Body = Type.Union([
  Type.Object({ json: Type.Unknown() }, closed),
  Type.Object({ text: Words }, closed),
  Type.Object({ base64: Words }, closed),
  Type.Object({ omitted: Words }, closed)
])
export type Body = Static<typeof Body>

/** In the order and the letters in which they were sent; one that came twice is there twice. */
const Headers = Type.Array(Type.Tuple([Token, Line], { expected: 'pairs of name and value' }))
export type Headers = Static<typeof Headers>

/** One call and its answer, as they went over the wire, but for what was replaced. */
export const RecordedExchange = Type.Object(
  {
    at: Milliseconds,
    /** Until the last byte of the answer. */
    took: Milliseconds,
    /** Missing where the call was none that Snapstand knows. */
    operation: Type.Optional(Words),
    /** As the cloud got it. `url` is what stands in the request line. */
    request: Type.Object({ method: Token, url: Target, headers: Headers, body: Type.Optional(Body) }, closed),
    response: Type.Object(
      { status: Type.Integer({ minimum: 100, maximum: 999 }), headers: Headers, body: Type.Optional(Body) },
      closed
    )
  },
  closed
)
export type RecordedExchange = Static<typeof RecordedExchange>

/** What a recording is. */
export const Manifest = Type.Object(
  {
    form: Type.Literal(1),
    kind: Type.Literal('recorded'),
    /** The other side was no cloud: what it answered proves nothing about one. */
    rehearsal: Type.Optional(Type.Literal(true)),
    /** `zenlayer`, `baidu`. */
    cloud: Words,
    recordedOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', expected: 'a day such as "2026-01-05"' }),
    /** When the first call came. */
    startedAt: Type.String({
      pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z$',
      expected: 'an instant such as "2026-01-05T08:00:00.000Z"'
    }),
    /** `snapstand 0.1.0, Node 24.11.0`. */
    tool: Words,
    /** What the calls said of their senders, without comments: `zenlayer-sdk-python/2.0.77`. */
    clients: Type.Array(Words),
    /** The host of the cloud, or `upstream.example` in its place. */
    upstream: Words,
    /** How many files of exchanges belong to it. */
    exchanges: Count,
    /** Of how many kept calls nothing was written, because a secret would have been. */
    withheld: Count,
    /** How often each kind of thing was replaced. */
    redacted: Type.Record(Type.String(), Count, { expected: 'numbers by the kind of thing' }),
    /** What the other side started with, as a seed of Snapstand, and its settings: where it was one. */
    seed: Type.Optional(Type.Object({})),
    settings: Type.Optional(Type.Record(Type.String(), Type.Unknown()))
  },
  closed
)
export type Manifest = Static<typeof Manifest>

export const MANIFEST_FILE = 'manifest.json'

/** `0001-CreateSnapshot.json`: the order of the names is the order of the calls. */
export function exchangeFile(number: number, operation: string | undefined): string {
  return `${String(number).padStart(4, '0')}-${operation ?? 'unknown'}.json`
}

/** The number of an exchange by the name of its file; undefined where the file is none. */
export function numberIn(file: string): number | undefined {
  const digits = /^(\d{4,})-[A-Za-z]+\.json$/.exec(file)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
