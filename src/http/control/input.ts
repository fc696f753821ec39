import { KindGuard, type TObject, type TSchema } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { World } from '../../core/model/world.ts'
import { DEPTH_MAX, isTooDeep } from '../../documents/depth.ts'
import { nearest } from '../../documents/nearest.ts'
import { expectedOf, wrongsOf } from '../../documents/wrongs.ts'
import { Problem } from '../problem.ts'
import { lazyCheck } from '../validate.ts'
import type { ControlContext } from './index.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route wants its body as text, not as JSON. */
    readonly bodyAs?: 'text'
  }
}

/** Bodies of control calls are JSON whatever they are called; none is an empty object. */
export function readBody(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  if (request.routeOptions.config.bodyAs === 'text') {
    done()
    return
  }
  try {
    request.body = parsed(request.body)
    done()
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be parsed'
    done(new Problem(400, `The body is not JSON: ${reason}.`, { field: 'body' }))
  }
}

/** The body of a route that wants text. */
export function textBody(request: FastifyRequest): string {
  try {
    return Buffer.isBuffer(request.body) ? new TextDecoder('utf-8', { fatal: true }).decode(request.body) : ''
  } catch {
    throw new Problem(400, 'The body is not UTF-8.', { field: 'body' })
  }
}

function parsed(body: unknown): unknown {
  const text = Buffer.isBuffer(body) ? new TextDecoder('utf-8', { fatal: true }).decode(body) : ''
  if (isTooDeep(text)) throw new Error(`it is nested deeper than ${DEPTH_MAX} levels`)
  return text.trim() === '' ? {} : JSON.parse(text)
}

const PARTS = { body: 'body', querystring: 'query', params: 'params' } as const
const isPart = (part: string | undefined): part is keyof typeof PARTS => part !== undefined && part in PARTS

/** Fastify's validator for control routes: unknown members are refused, and a refusal says what would be right. */
export function controlValidator({ schema, httpPart }: { schema: TSchema; httpPart?: string }) {
  const fits = lazyCheck(schema)
  const part = isPart(httpPart) ? PARTS[httpPart] : 'body'
  return (sent: unknown) => {
    const value = part === 'query' ? converted(schema, sent) : sent
    const stranger = strangerIn(schema, value, '')
    if (stranger) return { error: stranger }
    return fits(value) ? { value } : { error: problemOf(part, schema, value) }
  }
}

/** Query values are text: those that are meant as numbers or truth values become such. */
function converted(schema: TSchema, sent: unknown): unknown {
  if (!KindGuard.IsObject(schema) || typeof sent !== 'object' || sent === null) return sent
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      const member = memberIn(schema, name)
      const isNumber = member && KindGuard.IsInteger(member) && typeof value === 'string' && /^-?\d{1,15}$/.test(value)
      return [name, isNumber ? Number(value) : value]
    })
  )
}

/** `constructor` is no member unless the schema says so. */
function memberIn({ properties }: TObject, name: string): TSchema | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined
}

/** The first member that a closed object does not know, and the nearest that it does. */
function strangerIn(schema: TSchema, value: unknown, path: string): Problem | undefined {
  if (KindGuard.IsArray(schema) && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const stranger = strangerIn(schema.items, item, `${path}.${index}`)
      if (stranger) return stranger
    }
  }
  if (!KindGuard.IsObject(schema) || typeof value !== 'object' || value === null || Array.isArray(value))
    return undefined
  const known = Object.keys(schema.properties)
  for (const [name, inner] of Object.entries(value)) {
    const member = memberIn(schema, name)
    const field = path === '' ? name : `${path}.${name}`
    if (!member && schema.additionalProperties === false) return unknownMember(field, name, known)
    const stranger = member && strangerIn(member, inner, field)
    if (stranger) return stranger
  }
  return undefined
}

/** A name that is not among the known ones. */
export function unknownMember(field: string, name: string, known: readonly string[]): Problem {
  const near = nearest(name, known)
  const meant = near === undefined ? `known are ${known.length === 0 ? 'none' : known.join(', ')}` : `meant ${near}?`
  return new Problem(400, `${field} is not known; ${meant}`, { field, ...(near !== undefined && { nearest: near }) })
}

/** What is wrong with a value, where, and what would be right. */
export function problemOf(part: 'params' | 'query' | 'body', schema: TSchema, value: unknown, field?: string): Problem {
  const wrong = wrongsOf(part, schema, value)[0]
  const path = wrong?.path ?? []
  const given = path.reduce<unknown>((inner, name) => memberOf(inner, name), value)
  const place = field ?? (path.length === 0 ? part : path.join('.'))
  const expected = wrong?.expected ?? expectedOf(schema)
  const what = wrong?.kind === 'missing' ? 'is missing' : `cannot be ${shown(given)}`
  const example = exampleOf(schema, path)
  return new Problem(400, `${place} ${what}; it must be ${expected}.`, {
    field: place,
    ...(given !== undefined && { value: given }),
    ...(example !== undefined && { example })
  })
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

/** The example of the innermost schema on the path that has one. */
function exampleOf(schema: TSchema, path: readonly string[]): unknown {
  const [name, ...rest] = path
  const own: unknown = Array.isArray(schema.examples) ? schema.examples[0] : undefined
  if (name === undefined) return own
  const inner = KindGuard.IsObject(schema)
    ? schema.properties[name]
    : KindGuard.IsArray(schema)
      ? schema.items
      : undefined
  return (inner && exampleOf(inner, rest)) ?? own
}

/** A world's id in `?world=` or `X-Snapstand-World`. */
export function worldIdOf({ query, headers }: FastifyRequest, unnamed = 'default'): string {
  const asked = memberOf(query, 'world')
  const header = headers['x-snapstand-world']
  if (asked !== undefined && header !== undefined && asked !== header) {
    throw new Problem(400, 'The query and the header X-Snapstand-World name different worlds.', {
      field: 'world',
      value: asked
    })
  }
  const id = asked ?? header ?? unnamed
  if (typeof id !== 'string' || id === '' || id.length > WORLD_ID_LENGTH_MAX) {
    throw new Problem(400, 'world must be one name of 1 to 256 characters.', { field: 'world', example: 'run-17' })
  }
  return id
}

export const WORLD_ID_LENGTH_MAX = 256

/** The id of the one world that a call is about. */
export function oneWorldIdOf(request: FastifyRequest): string {
  return oneId(worldIdOf(request))
}

export function oneId(id: string): string {
  if (id !== '*') return id
  throw new Problem(400, 'This call is about one world, not about all of them.', { field: 'world', example: 'run-17' })
}

/** Looks at the one world that a call is about. Where there is none it is as new, and none comes into being. */
export function look<T>(
  { core }: ControlContext,
  request: FastifyRequest,
  see: (world: World) => T | Promise<T>
): Promise<T> {
  return core.look(oneWorldIdOf(request), see)
}

/**
 * Changes the one world that a call is about. Where there is none, one that is gone again afterwards is changed first:
 * only if that is not refused the world comes into being.
 */
export async function change<T>(
  { core }: ControlContext,
  request: FastifyRequest,
  make: (world: World) => T | Promise<T>
): Promise<T> {
  const id = oneWorldIdOf(request)
  if (!core.peek(id)) await core.look(id, make)
  return make(core.world(id))
}
