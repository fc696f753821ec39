import { KindGuard, type TSchema } from '@sinclair/typebox'
import type { Parameter } from '../../providers/description.ts'
import type { Operation, Provider, Route } from '../../providers/provider.ts'
import {
  type Components,
  DIALECT,
  type ExampleObject,
  LICENSE,
  type Method,
  type OpenApi,
  type ParameterObject,
  type PathItem,
  type PathOperation,
  type Ref,
  type ResponseObject,
  refTo,
  type Served,
  templated
} from './document.ts'
import type { Examples, Exchange } from './examples.ts'
import { commonRefusals, refusalsOf } from './refusals.ts'
import { createSchemaWriter, isNothing, type SchemaWriter } from './schemas.ts'

/** A cloud's API, as its rows have it. */
export function cloudDocument(provider: Provider, examples: Examples, { url, version }: Served): OpenApi {
  const { description, operations } = provider
  const writer = createSchemaWriter()
  const requestId = String(description.failure.properties.requestId?.examples?.[0] ?? '')
  const shown = examples[provider.name] ?? {}
  const paths: Record<string, PathItem> = {}
  for (const operation of operations) {
    const exchanges = shown[operation.name] ?? []
    const answers = {
      refusals: refusalsOf(provider, operation, exchanges, requestId),
      success: isNothing(operation.response)
        ? undefined
        : writer.named(`${operation.name}Response`, description.success(operation.response))
    }
    for (const route of [operation.route, ...operation.aliases]) {
      const path = pathOf(route)
      const described = operationOf(provider, operation, route, exchanges, answers, writer)
      paths[path] = { ...paths[path], [methodOf(route)]: described }
    }
  }
  const components: Components = {
    securitySchemes: description.security,
    parameters: mapped(description.parameters, (parameter) => parameterOf(parameter, writer)),
    headers: {
      ...mapped(description.headers, ({ schema, ...header }) => ({ ...header, schema: writer.of(schema) })),
      Hint: {
        description: 'Why, in plain words and for people: a header of Snapstand’s own, which no cloud sends.',
        schema: { type: 'string' }
      }
    },
    ...commonRefusals(provider, requestId),
    schemas: { Error: writer.of(description.failure), ...writer.schemas }
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: DIALECT,
    info: {
      title: `${description.title}, as Snapstand serves it`,
      version,
      description: description.about,
      license: LICENSE
    },
    servers: [{ url: url === '' ? '/' : url, description: 'This server.' }],
    security: description.enough.map((names) => Object.fromEntries(names.map((name) => [name, []]))),
    tags: description.tags,
    paths,
    components
  }
}

/** What an operation answers, at whichever of its addresses. */
interface Answers {
  readonly refusals: PathOperation['responses']
  readonly success: Ref | undefined
}

/** Unique: an operation that shares its path with others stands at the path with its selector as a fragment. */
function pathOf({ path, selector }: Route): string {
  return `${templated(path)}${selector === undefined ? '' : `#${selector}`}`
}

function operationOf(
  { description }: Provider,
  operation: Operation,
  route: Route,
  exchanges: readonly Exchange[],
  { refusals, success }: Answers,
  writer: SchemaWriter
): PathOperation {
  const { name, summary, source, versions, notes, request } = operation
  const isAlias = route !== operation.route
  const selector = description.selectorOf(route)
  const parameters: readonly Parameter[] = [
    ...pathParametersOf(route, request.params),
    ...(selector ? [selector] : []),
    ...description.parametersOf(operation),
    ...queryParametersOf(request.query)
  ]
  const here = exchanges.filter(({ method }) => method === undefined || method === route.method)
  const body = description.hasBody(operation, route)
    ? {
        required: hasRequired(request.body),
        content: contentOf(writer.named(`${name}Request`, request.body), sentIn(here))
      }
    : undefined
  return {
    operationId: isAlias ? aliasId(operation, route) : name,
    summary,
    ...(notes.length > 0 && { description: notes.map(({ text }) => `- ${text}`).join('\n') }),
    tags: [description.tagOf(operation)],
    parameters: [
      ...parameters.map((parameter) => parameterOf(parameter, writer)),
      ...Object.keys(description.parameters).map((each) => refTo('parameters', each))
    ],
    ...(body && { requestBody: body }),
    responses: { '200': successOf(description, success, here), ...refusals },
    'x-action': name,
    ...(selector && { 'x-selector': { in: selector.in, name: selector.name, ...wantedValue(selector) } }),
    ...(versions && { 'x-versions': versions }),
    ...(isAlias && { 'x-alias-of': name }),
    'x-source': source
  }
}

function successOf(
  { headers }: Provider['description'],
  schema: Ref | undefined,
  exchanges: readonly Exchange[]
): ResponseObject {
  const names = Object.keys(headers)
  const told = names.length > 0 && { headers: Object.fromEntries(names.map((each) => [each, refTo('headers', each)])) }
  if (!schema) return { description: 'Done. The answer has no body.', ...told }
  const examples = exchanges.flatMap((exchange): Named[] =>
    isSuccess(exchange) ? [[exchange.title, { ...summaryOf(exchange), value: exchange.answer }]] : []
  )
  return { description: 'Done.', ...told, content: contentOf(schema, examples) }
}

/** A key's presence is enough where it has no value of its own. */
function wantedValue({ schema }: Parameter): { readonly value?: unknown } {
  const [value]: readonly unknown[] = schema.enum ?? []
  return value === undefined ? {} : { value }
}

type Named = readonly [name: string, example: ExampleObject]

function sentIn(exchanges: readonly Exchange[]): readonly Named[] {
  return exchanges.flatMap((exchange): Named[] =>
    isSuccess(exchange) && exchange.body !== undefined
      ? [[exchange.title, { ...summaryOf(exchange), value: exchange.body }]]
      : []
  )
}

const isSuccess = ({ status }: Exchange) => status < 300

function summaryOf({ kind, url, version }: Exchange): { readonly summary?: string } {
  const said = [
    ...(kind === 'documented' ? ['As a page of the cloud prints it.'] : []),
    ...(url === undefined ? [] : [url]),
    ...(version === undefined ? [] : [version])
  ]
  return said.length === 0 ? {} : { summary: said.join(' ') }
}

function contentOf(schema: Ref, examples: readonly Named[]) {
  return {
    'application/json': {
      schema: { ...schema },
      ...(examples.length > 0 && { examples: Object.fromEntries(examples) })
    }
  }
}

/** A second address or method has a name of its own. */
function aliasId({ name, route: main, aliases }: Operation, route: Route): string {
  const method = methodOf(route)
  const isOnly = method !== methodOf(main) && aliases.filter((each) => methodOf(each) === method).length === 1
  return isOnly ? `${name}_${method}` : `${name}_${aliases.indexOf(route) + 2}`
}

function methodOf({ method }: Route): Method {
  return METHODS[method]
}
const METHODS = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const satisfies Record<
  Route['method'],
  Method
>

function pathParametersOf({ path }: Route, params: TSchema): readonly Parameter[] {
  return membersOf(params).flatMap(([name, schema]) =>
    path.includes(`:${name}`) ? [{ name, in: 'path' as const, required: true, schema }] : []
  )
}

function queryParametersOf(query: TSchema): readonly Parameter[] {
  const required = requiredOf(query)
  return membersOf(query).map(([name, schema]) => ({
    name,
    in: 'query' as const,
    required: required.has(name),
    schema
  }))
}

function parameterOf(
  { name, in: place, required = false, description, allowEmptyValue, schema }: Parameter,
  writer: SchemaWriter
): ParameterObject {
  return {
    name,
    in: place,
    required,
    ...(allowEmptyValue !== undefined && { allowEmptyValue }),
    ...writer.described(schema),
    ...(description !== undefined && { description })
  }
}

function membersOf(schema: TSchema): readonly (readonly [string, TSchema])[] {
  return KindGuard.IsObject(schema) ? Object.entries(schema.properties) : []
}
function requiredOf(schema: TSchema): ReadonlySet<string> {
  return new Set(KindGuard.IsObject(schema) ? schema.required : [])
}
function hasRequired(schema: TSchema): boolean {
  return requiredOf(schema).size > 0
}

function mapped<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}
