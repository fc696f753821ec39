import type { Description } from '../../providers/description.ts'
import type { Operation, Provider, Refusal } from '../../providers/provider.ts'
import { type ExampleObject, type MediaType, type Ref, type ResponseObject, refTo } from './document.ts'
import type { Exchange } from './examples.ts'

interface Coded {
  readonly code: string
  readonly status: number
  readonly message: string
  readonly reach: string | undefined
}

/** What any operation of a cloud may refuse with, told once. */
export interface CommonRefusals {
  readonly responses: Readonly<Record<string, ResponseObject>>
  readonly examples: Readonly<Record<string, ExampleObject>>
}

const ERROR: Ref = refTo('schemas', 'Error')
/** Of every refusal: why, for people. */
const HINT = { 'x-snapstand-hint': refTo('headers', 'Hint') }

export function commonRefusals(provider: Provider, requestId: string): CommonRefusals {
  const common = commonOf(provider)
  const responses = statusesOf(common).map((status) => {
    const here = common.filter((each) => each.status === status)
    return [nameOf(status), responseOf(here, provider.description, referred(here))] as const
  })
  return {
    responses: Object.fromEntries(responses),
    examples: Object.fromEntries(common.map((each) => [each.code, exampleOf(each, requestId)]))
  }
}

/** Every refusal of an operation, by status: its own, and the common ones. */
export function refusalsOf(
  provider: Provider,
  operation: Operation,
  exchanges: readonly Exchange[],
  requestId: string
): Readonly<Record<string, ResponseObject | Ref>> {
  const own = operation.errors.map((code) =>
    coded(code, { ...provider.catalogue[code], ...operation.wording[code] }, operation.reach[code])
  )
  const codes = new Set(own.map(({ code }) => code))
  const common = commonOf(provider).filter(({ code }) => !codes.has(code))
  return Object.fromEntries(
    statusesOf([...own, ...common]).map((status) => {
      const ownHere = own.filter((each) => each.status === status)
      if (ownHere.length === 0) return [status, refTo('responses', nameOf(status))]
      const commonHere = common.filter((each) => each.status === status)
      const examples = {
        ...Object.fromEntries(ownHere.flatMap((each) => examplesOf(each, exchanges, requestId))),
        ...referred(commonHere)
      }
      return [status, responseOf([...ownHere, ...commonHere], provider.description, examples)]
    })
  )
}

function commonOf({ catalogue }: Provider): readonly Coded[] {
  return Object.entries(catalogue).flatMap(([code, refusal]) =>
    refusal.common ? [coded(code, refusal, refusal.reach)] : []
  )
}

function coded(code: string, { status = 500, message = '' }: Partial<Refusal>, reach: string | undefined): Coded {
  return { code, status, message, reach }
}

function statusesOf(refusals: readonly Coded[]): readonly number[] {
  return [...new Set(refusals.map(({ status }) => status))].sort((one, other) => one - other)
}

const nameOf = (status: number) => `Common${status}`

function responseOf(
  refusals: readonly Coded[],
  { headers }: Description,
  examples: NonNullable<MediaType['examples']>
): ResponseObject {
  const lines = refusals.map(({ code, message, reach }) => `- \`${code}\`: ${message}${reach ? ` (${reach})` : ''}`)
  const schema = { allOf: [ERROR, { properties: { code: { enum: refusals.map(({ code }) => code) } } }] }
  const own = Object.keys(headers).map((name) => [name, refTo('headers', name)])
  return {
    description: lines.join('\n'),
    headers: { ...Object.fromEntries(own), ...HINT },
    content: { 'application/json': { schema, examples } }
  }
}

function referred(refusals: readonly Coded[]): Readonly<Record<string, Ref>> {
  return Object.fromEntries(refusals.map(({ code }) => [code, refTo('examples', code)]))
}

/** What the fixtures show of a code, else its words in the catalogue. */
function examplesOf(refusal: Coded, exchanges: readonly Exchange[], requestId: string): [string, ExampleObject][] {
  const { code, reach } = refusal
  const shown = exchanges.filter(
    ({ title, status }) => (title === code || title.startsWith(`${code}-`)) && status === refusal.status
  )
  if (shown.length === 0) return [[code, exampleOf(refusal, requestId)]]
  return shown.map(({ title, answer }) => [title, { ...(reach !== undefined && { summary: reach }), value: answer }])
}

function exampleOf({ code, message, reach }: Coded, requestId: string): ExampleObject {
  return { ...(reach !== undefined && { summary: reach }), value: { requestId, code, message } }
}
