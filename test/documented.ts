import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { cloudDocument } from '../src/http/openapi/cloud.ts'
import type { JsonSchema, Method, OpenApi, PathOperation, ResponseObject } from '../src/http/openapi/document.ts'
import type { Provider } from '../src/providers/provider.ts'

/** An exchange as a client sees it. */
export interface Exchange {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly status: number
  readonly body: string
}

/** What is wrong with an answer by the description of its cloud, as a reader of it would judge who has never seen a row. */
export interface Judge {
  /** Whether a path is this cloud's. */
  owns(path: string): boolean
  /** undefined: it is documented, or no operation is at that address. */
  judge(exchange: Exchange): string | undefined
}

const judges = new WeakMap<Provider, Judge>()

/** The judge of a cloud, with its description; made once, for making it takes a while. */
export function judgeOf(provider: Provider): Judge {
  const known = judges.get(provider)
  if (known) return known
  const { owns } = provider.protocolFor(provider.operations)
  const made = createJudge(owns, cloudDocument(provider, {}, { url: 'http://127.0.0.1:7420', version: '0.0.0' }))
  judges.set(provider, made)
  return made
}

/** How many schemas a description has. Throws where one of them is none of JSON Schema 2020-12, or has a foreign keyword. */
export function compiledAlone({ components }: OpenApi): number {
  const ajv = createAjv()
  ajv.addSchema({ $id: SCHEMAS, $defs: closed(components.schemas) })
  const names = Object.keys(components.schemas)
  for (const name of names) ajv.compile({ $ref: `${SCHEMAS}#/$defs/${name}` })
  return names.length
}

/** Validates JSON Schema 2020-12 and knows no keyword beside but ours, which bear an `x-`. */
function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false })
  ajv.addKeyword('x-refusal')
  return ajv
}

function createJudge(owns: Judge['owns'], document: OpenApi): Judge {
  const ajv = createAjv()
  ajv.addSchema({ $id: SCHEMAS, $defs: closed(document.components.schemas) })
  const checks = new Map<JsonSchema, ValidateFunction>()
  const places = placesOf(document)

  const checkOf = (schema: JsonSchema): ValidateFunction => {
    const check = checks.get(schema) ?? ajv.compile(closed(schema))
    checks.set(schema, check)
    return check
  }

  return {
    owns,
    judge({ method, url, headers, status, body }) {
      const { pathname, searchParams } = new URL(url, 'http://127.0.0.1')
      const place = places.find(
        (each) =>
          each.method === method.toLowerCase() &&
          each.path.test(pathname) &&
          isChosen(each.operation, headers, searchParams)
      )
      if (!place) return undefined
      const at = `${method} ${url} (${place.operation.operationId})`
      const response = resolved(document, place.operation.responses[status])
      if (!response) return `${at} answers ${status}, which its description does not have: ${body}`
      const media = response.content?.['application/json']
      if (!media) return body === '' ? undefined : `${at} answers a body that its description does not have: ${body}`
      const check = checkOf(media.schema)
      if (body !== '' && check(JSON.parse(body))) return undefined
      const [first] = check.errors ?? []
      const { instancePath = '', message = 'nothing', params } = first ?? {}
      return `${at} answers ${status} with what its description does not have: ${instancePath} ${message} ${JSON.stringify(params)} in ${body}`
    }
  }
}

interface Place {
  readonly method: Method
  readonly path: RegExp
  readonly operation: PathOperation
}

const METHODS = ['get', 'put', 'post', 'delete'] as const

/** Concrete paths before templated ones, as the specification has it. */
function placesOf({ paths }: OpenApi): readonly Place[] {
  const fixedFirst = ([one]: [string, unknown], [other]: [string, unknown]) =>
    one.replace(/\{\w+\}/g, '~') < other.replace(/\{\w+\}/g, '~') ? -1 : 1
  return Object.entries(paths)
    .toSorted(fixedFirst)
    .flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method]
        const pattern = path.replace(/#.*/, '').replace(/\{\w+\}/g, '[^/]+')
        return operation ? [{ method, path: new RegExp(`^${pattern}$`), operation }] : []
      })
    )
}

/** Whether all its parameters that choose an operation are there: a header's value, a query's key or its value. */
function isChosen(operation: PathOperation, headers: Exchange['headers'], query: URLSearchParams): boolean {
  const { 'x-selector': selector } = operation
  if (!isSelector(selector)) return true
  const { in: place, name, value } = selector
  if (place === 'header') return headers[name.toLowerCase()] === value
  return query.has(name) && (value === undefined || query.getAll(name).at(-1) === value)
}

function isSelector(value: unknown): value is { in: string; name: string; value?: string } {
  return typeof value === 'object' && value !== null && 'name' in value
}

type Response = PathOperation['responses'][string]
function resolved({ components }: OpenApi, response: Response | undefined): ResponseObject | undefined {
  if (!response || !('$ref' in response)) return response
  return components.responses?.[String(response.$ref).split('/').at(-1) ?? '']
}

const SCHEMAS = 'schemas'

/** Schemas with every object closed: whatever is answered and not described is found. */
function closed<T>(value: T): T
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => closed(item))
  if (typeof value !== 'object' || value === null) return value
  if ('$ref' in value) return { $ref: `${SCHEMAS}#/$defs/${String(value.$ref).split('/').at(-1)}` }
  const inner = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, closed(member)]))
  const { type, properties } = inner
  const isOpen = inner.additionalProperties === undefined && typeof properties === 'object'
  const isObject = type === 'object' || (Array.isArray(type) && type.includes('object'))
  return isObject && isOpen ? { ...inner, additionalProperties: false } : inner
}
