import { KindGuard, type TObject, type TSchema } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { assert } from '../../core/model/assert.ts'
import type { World } from '../../core/model/world.ts'
import { ALL_WORLDS, DEFAULT_WORLD, WORLD_NAME_MAX } from '../../core/model/world-names.ts'
import type { Words } from '../../documents/complaint.ts'
import { readJson } from '../../documents/json.ts'
import { nearest } from '../../documents/nearest.ts'
import { inSlices } from '../../documents/slices.ts'
import { firstOf, type Path, walk } from '../../documents/walk.ts'
import { shown, unknownName, wordsOf } from '../../documents/words.ts'
import { bytesOf } from '../../providers/wire/uri.ts'
import { Problem } from '../problem.ts'
import { lazyCheck } from '../validate.ts'
import type { ControlContext } from './index.ts'

/** Bodies of control calls are JSON whatever they are called; none is an empty object. */
export async function readBody(request: FastifyRequest): Promise<void> {
  if (request.routeOptions.config.door?.request.text) return
  const text = textBody(request)
  if (text.trim() === '') {
    request.body = {}
    return
  }
  const { value, troubles } = await inSlices(readJson(text))
  const [trouble] = troubles
  if (trouble) throw new Problem(400, `The body ${trouble.reason}.`, { field: 'body', offset: trouble.offset })
  request.body = value
}

/** The body of a route that wants text. */
export function textBody(request: FastifyRequest): string {
  try {
    return Buffer.isBuffer(request.body) ? new TextDecoder('utf-8', { fatal: true }).decode(request.body) : ''
  } catch {
    throw new Problem(400, 'The body is not UTF-8.', { field: 'body' })
  }
}

const PARTS = { body: 'body', querystring: 'query', params: 'params' } as const
const isPart = (part: string | undefined): part is keyof typeof PARTS => part !== undefined && part in PARTS

/** Fastify's validator for control routes: unknown members are refused, and a refusal says what would be right. */
export function controlValidator({ schema, httpPart }: { schema: TSchema; httpPart?: string }) {
  const fits = lazyCheck(schema)
  const part = isPart(httpPart) ? PARTS[httpPart] : 'body'
  return (sent: unknown) => {
    const value = part === 'query' ? converted(schema, sent) : sent
    return fits(value) ? { value } : { error: problemOf(part, schema, value) }
  }
}

/** Query values are text: those that are meant as numbers or truth values become such. */
function converted(schema: TSchema, sent: unknown): unknown {
  if (!KindGuard.IsObject(schema) || typeof sent !== 'object' || sent === null) return sent
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      const member = memberIn(schema, name)
      return [name, member && typeof value === 'string' ? meant(member, value) : value]
    })
  )
}

function meant(schema: TSchema, text: string): unknown {
  if (KindGuard.IsInteger(schema) && /^-?\d{1,15}$/.test(text)) return Number(text)
  return KindGuard.IsBoolean(schema) && /^(true|false)$/.test(text) ? text === 'true' : text
}

/** `constructor` is no member unless the schema says so. */
function memberIn({ properties }: TObject, name: string): TSchema | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined
}

/** A value that is not among the known ones, and one that is. */
export function unknownValue(field: string, value: string, known: readonly string[]): Problem {
  const near = nearest(value, known)
  const { reason, expected } = unknownName(value, known)
  const words = { reason: `${shown(value)} ${reason}`, expected }
  return new Problem(400, sentenceOf(field, words), { field, value, nearest: near, example: near ?? known[0] })
}

/** A name that is not among the known ones. */
export function unknownMember(field: string, name: string, known: readonly string[]): Problem {
  const near = nearest(name, known)
  const detail = sentenceOf(field, unknownName(name, known))
  return new Problem(400, detail, { field, nearest: near })
}

/** Of many wrongs one is told: a member that nobody knows before all others. */
const LOOKED_AT = 100

/** What is wrong with a value, where, and what would be right. */
export function problemOf(part: string, schema: TSchema, value: unknown, field?: string): Problem {
  const findings = firstOf(walk(schema, value), LOOKED_AT)
  const finding = findings.find(({ kind }) => kind === 'unknown') ?? findings[0]
  assert(finding, 'what does not fit its schema has something wrong with it')
  const { path, kind, value: given } = finding
  const place = field ?? (path.length === 0 ? part : path.join('.'))
  if (kind === 'unknown') {
    const known = KindGuard.IsObject(finding.schema) ? Object.keys(finding.schema.properties) : []
    return unknownMember(place, String(path.at(-1)), known)
  }
  const example = exampleOf(schema, path)
  return new Problem(400, sentenceOf(place, wordsOf(finding)), {
    field: place,
    value: given,
    example
  })
}

/** A complaint as the sentence of a problem. */
export function sentenceOf(field: string, { reason, expected }: Words): string {
  return `${field} ${reason}${expected === undefined ? '' : ` (${expected})`}.`
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

/** The example of the innermost schema on the path that has one. */
function exampleOf(schema: TSchema, path: Path): unknown {
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
export function worldIdOf({ query, headers }: FastifyRequest, unnamed = DEFAULT_WORLD): string {
  const asked = memberOf(query, 'world')
  // Node takes what was sent for bytes.
  const sent = headers['x-snapstand-world']
  const header = typeof sent === 'string' ? bytesOf(sent).toString() : sent
  if (asked !== undefined && header !== undefined && asked !== header) {
    throw new Problem(400, 'The query and the header X-Snapstand-World name different worlds.', {
      field: 'world',
      value: asked
    })
  }
  const id = asked ?? header ?? unnamed
  if (typeof id !== 'string' || id === '' || id.length > WORLD_NAME_MAX) {
    throw new Problem(400, `world must be one name of 1 to ${WORLD_NAME_MAX} characters.`, {
      field: 'world',
      example: 'run-17'
    })
  }
  return id
}

/** The id of the one world that a call is about. */
export function oneWorldIdOf(request: FastifyRequest): string {
  return oneId(worldIdOf(request))
}

export function oneId(id: string): string {
  if (id !== ALL_WORLDS) return id
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
