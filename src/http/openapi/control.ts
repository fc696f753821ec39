import { STATUS_CODES } from 'node:http'
import { KindGuard, type TSchema } from '@sinclair/typebox'
import { COMMON_REFUSALS, type Door } from '../../doors/door.ts'
import { Problem, WorldId } from '../../doors/schemas.ts'
import { PREFIX } from '../control/prefix.ts'
import {
  type Content,
  DIALECT,
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
import { createSchemaWriter, type SchemaWriter } from './schemas.ts'

const ABOUT = [
  'What a real cloud does not have: time that can be turned, worlds, a journal, checkpoints, settings. A call is about one world, named by `?world=` or the header `X-Snapstand-World`, else about the world `default`; `*` means all of them, where a call is about several.',
  '',
  'Every refusal is problem details (RFC 9457) that name what is wrong and what would be right, and nothing is changed then.'
].join('\n')

const METHODS = {
  GET: 'get',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete'
} as const satisfies Record<Door['method'], Method>

/** The control API, as its rows have it. */
export function controlDocument(doors: readonly Door[], { url, version }: Served): OpenApi {
  const writer = createSchemaWriter()
  const paths: Record<string, PathItem> = {}
  for (const door of doors) {
    const path = templated(door.path)
    paths[path] = { ...paths[path], [METHODS[door.method]]: operationOf(door, writer) }
  }
  const statuses = new Set([...COMMON_REFUSALS, ...doors.flatMap(({ refusals }) => refusals)])
  const refusals = [...statuses].sort((one, other) => one - other)
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: DIALECT,
    info: { title: 'Snapstand control API', version, description: ABOUT, license: LICENSE },
    servers: [{ url: `${url}${PREFIX}`, description: 'This server.' }],
    security: [{ token: [] }, {}],
    tags: TAGS,
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Wanted where the server runs with --control-token, and then of every call but /health.'
        }
      },
      parameters: {
        World: {
          name: 'X-Snapstand-World',
          in: 'header',
          required: false,
          description: 'The world, where the query does not name one.',
          schema: writer.of(WorldId)
        }
      },
      responses: Object.fromEntries(refusals.map((status) => [nameOf(status), refusal(status, writer)])),
      schemas: { ...writer.schemas }
    }
  }
}

const TAGS = [
  { name: 'server', description: 'About the server as a whole.' },
  { name: 'world', description: 'About one world.' },
  { name: 'worlds', description: 'About one world, or with `*` about all of them.' }
] as const satisfies OpenApi['tags']

const nameOf = (status: number) => `Refused${status}`

function refusal(status: number, writer: SchemaWriter): ResponseObject {
  const content = { 'application/problem+json': { schema: { ...writer.named('Problem', Problem) } } }
  return { description: `${STATUS_CODES[status] ?? status}.`, content }
}

function operationOf(door: Door, writer: SchemaWriter): PathOperation {
  const { name, summary, notes = [], about, request, refusals } = door
  const statuses = [...new Set([...COMMON_REFUSALS, ...refusals])].sort((one, other) => one - other)
  const body = bodyOf(door, writer)
  return {
    operationId: name,
    summary,
    ...(notes.length > 0 && { description: notes.map((note) => `- ${note}`).join('\n') }),
    tags: [about],
    // Liveness is anyone's to ask.
    ...(name === 'getHealth' && { security: [] }),
    parameters: [
      ...parametersOf('path', request.params, writer),
      ...parametersOf('query', request.query, writer),
      ...parametersOf('header', request.headers, writer),
      ...(about === 'server' ? [] : [refTo('parameters', 'World')])
    ],
    ...(body && { requestBody: body }),
    responses: {
      [door.answer.status]: answerOf(door, writer),
      ...Object.fromEntries(
        statuses.map((status): [string, Ref] => [String(status), refTo('responses', nameOf(status))])
      )
    }
  }
}

function bodyOf({ name, request: { body, text } }: Door, writer: SchemaWriter): PathOperation['requestBody'] {
  if (text) return { required: true, content: Object.fromEntries(text.types.map((type) => [type, textOf(type)])) }
  if (!body) return undefined
  // What takes no members is described by saying nothing.
  if (KindGuard.IsObject(body) && Object.keys(body.properties).length === 0) return undefined
  const schema = { ...named(body, `${capital(name)}Request`, writer) }
  const examples: readonly unknown[] = body.examples ?? []
  return {
    required: !KindGuard.IsObject(body) || (body.required ?? []).length > 0,
    content: {
      'application/json': { schema, ...(examples.length > 0 && { examples: { usual: { value: examples[0] } } }) }
    }
  }
}

function textOf(type: string) {
  return { schema: { type: type === 'application/json' ? 'object' : 'string' } }
}

function answerOf({ name, answer }: Door, writer: SchemaWriter): ResponseObject {
  if (answer.status === 204) return { description: 'Done.' }
  const content: Content =
    'schema' in answer
      ? { 'application/json': { schema: { ...named(answer.schema, `${capital(name)}Answer`, writer) } } }
      : { [typeOf(answer.text)]: { schema: 'event' in answer ? streamOf(answer.event, writer) : { type: 'string' } } }
  const text = 'orText' in answer ? { [answer.orText]: { schema: { type: 'string' } } } : {}
  return { description: 'Done.', content: { ...content, ...text } }
}

/** A stream of events, with what the data of each is. */
function streamOf(event: TSchema, writer: SchemaWriter) {
  return { type: 'string', contentMediaType: 'text/event-stream', contentSchema: writer.named('Event', event) }
}

/** A schema under its title, or under a name of its call's. */
function named(schema: TSchema, name: string, writer: SchemaWriter): Ref {
  return writer.named(typeof schema.title === 'string' ? schema.title : name, schema)
}

/** A media type without its parameters. */
function typeOf(text: string): string {
  return text.split(';', 1)[0] ?? text
}

function parametersOf(
  place: ParameterObject['in'],
  schema: TSchema | undefined,
  writer: SchemaWriter
): ParameterObject[] {
  if (!schema || !KindGuard.IsObject(schema)) return []
  const required = new Set(schema.required)
  return Object.entries(schema.properties).map(([name, member]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    ...writer.described(member)
  }))
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
