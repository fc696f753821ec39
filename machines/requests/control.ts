import { KindGuard, type TSchema, Type } from '@sinclair/typebox'
import type { Random } from '../random.ts'
import { brokenJson, changed } from './change.ts'
import { type Aim, wilder } from './clouds.ts'
import type { ControlRoute, ControlTable } from './control-routes.ts'
import { faultOf, tamed } from './faults.ts'
import { encoded, NO_BODY, type Request } from './request.ts'
import type { CloudName } from './signing.ts'
import { createValues, type Values } from './values.ts'
import type { Words } from './words.ts'

/** Makes calls of the control API about one world, from its routes' own schemas. */
export interface ControlRequests {
  of(route: ControlRoute, aim: Aim): Request
}

export interface ControlSubject {
  readonly world: string
  /** What the world's calls were answered with, by cloud, and what is known of the control API itself. */
  readonly words: Readonly<Record<CloudName | 'control', Words>>
  /** The move that began last. */
  readonly begun?: { readonly world: string; readonly move: string } | undefined
  /** Documents that were exported or could be planted. */
  readonly documents: readonly string[]
}

export function createControlRequests(
  random: Random,
  table: ControlTable,
  subject: () => ControlSubject
): ControlRequests {
  const values = createValues(random, (member) => wordsOf(subject(), member))
  return {
    of(route, aim) {
      const provider = random.pick(['zenlayer', 'baidu'] as const)
      const query = queryOf(route, values, subject(), random, aim)
      const request: Request = {
        method: route.method,
        path: pathOf(route, values, provider, subject(), random, aim),
        query,
        headers: random.chance(0.1) ? { accept: 'application/yaml' } : {},
        body: bodyOf(route, table, values, subject(), random, aim)
      }
      return aim === 'wild' ? wilder(request, random, values) : request
    }
  }
}

/** Words of its own, for what the control API alone has. */
function wordsOf({ world, words }: ControlSubject, member: string) {
  switch (member) {
    case 'world':
    case 'as':
      return [world, `${world}-fork`]
    case 'name':
      return ['one', 'two', 'three']
    case 'file':
      return ['zenlayer.json', 'baidu.json']
    case 'provider':
      return ['zenlayer', 'baidu']
    case 'by':
      return ['PT1H', 'P1D', '36h', 'P7D', '90m', 'PT0S', 'P1M']
    case 'to':
    case 'now':
    case 'after':
    case 'before':
      return ['2026-01-05T09:00:00Z', '2026-01-12T00:00:00Z', '2026-03-01T00:00:00+08:00', '2027-01-01T00:00:00Z']
    default:
      return [...words.control.of(member), ...words.zenlayer.of(member), ...words.baidu.of(member)]
  }
}

function pathOf(
  { path, params }: ControlRoute,
  values: Values,
  provider: CloudName,
  { world, words, begun }: ControlSubject,
  random: Random,
  aim: Aim
): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const ends = begun !== undefined && path.endsWith('/finish')
    const id = ends ? [begun.world] : name === 'id' ? idsOf(path, provider, world, words) : []
    const schema: unknown = KindGuard.IsObject(params) ? params.properties[name] : undefined
    const valid =
      name === 'provider'
        ? provider
        : id.length > 0
          ? random.pick(id)
          : values.valid(KindGuard.IsSchema(schema) ? schema : ANY, name)
    const sent = aim !== 'valid' && random.chance(0.2) ? values.text() : String(valid)
    return encoded(sent) || 'x'
  })
}
const ANY = Type.Unknown()

function idsOf(path: string, provider: CloudName, world: string, words: ControlSubject['words']) {
  if (path.includes('/worlds/')) return [world, `${world}-fork`]
  // Seldom one that is called: the lane goes on with its own.
  if (path.includes('/moves/')) return [`${world}-fork`, `${world}-fork`, `${world}-come`]
  if (path.includes('/faults/')) return ['one', 'two', 'three']
  if (path.includes('/requests/')) return words.control.of('requestId')
  if (path.includes('/policies/')) return words[provider].of('aspId')
  if (path.includes('/volumes/')) return words[provider].of(provider === 'baidu' ? 'volumeId' : 'diskId')
  return words.control.of('id')
}

function queryOf(
  { path, query }: ControlRoute,
  values: Values,
  { world, begun }: ControlSubject,
  random: Random,
  aim: Aim
): Request['query'] {
  const valid: object = query === undefined ? {} : { ...Object(values.valid(query, '')) }
  if (takesWorld(query)) Reflect.set(valid, 'world', world)
  // The state of the world that comes.
  if (begun && path.endsWith('/state') && 'move' in valid) Object.assign(valid, begun)
  const sent = aim === 'valid' || random.chance(0.6) ? valid : Object(changed(random, values, valid))
  return Object.entries(sent).map(([name, value]) => [
    encoded(name),
    encoded(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
  ])
}

/** Who names no world means the one of unsigned calls. */
function takesWorld(query: TSchema | undefined): boolean {
  return KindGuard.IsObject(query) && 'world' in query.properties
}

function bodyOf(
  { body, takesText, path }: ControlRoute,
  table: ControlTable,
  values: Values,
  { documents, begun }: ControlSubject,
  random: Random,
  aim: Aim
): Buffer {
  if (takesText && path.endsWith('/content')) return Buffer.from(values.text().repeat(1 + random.below(20)))
  if (takesText) return Buffer.from(documentOf(documents, random, aim))
  if (body === undefined) return NO_BODY
  const isFault = path.includes('/faults/')
  const valid = isFault
    ? faultOf(random)
    : path.endsWith('/settings')
      ? settings(table, values, random)
      : path.endsWith('/expect') && random.chance(0.5)
        ? { operation: '*', atLeast: random.below(3) }
        : path.includes('/moves/') && random.chance(0.8)
          ? moveOf(path, begun?.move ?? 'none', random)
          : values.valid(body, '')
  const sent = aim === 'valid' ? valid : changed(random, values, valid)
  const value = isFault ? tamed(sent) : hasty(sent)
  const text = JSON.stringify(value) ?? ''
  return Buffer.from(aim === 'wild' && random.chance(0.3) ? brokenJson(random, text) : text)
}

/** Members of which each is right alone seldom make a move; one that ends is mostly the last that began. */
function moveOf(path: string, move: string, random: Random): object {
  if (path.endsWith('/finish')) return { move }
  return random.chance(0.5)
    ? { to: 'http://127.0.0.1:7431', dropCheckpoints: true }
    : { from: 'http://127.0.0.1:7430', mode: random.pick(['manual', 'system']) }
}

/** What waits for something to happen keeps its lane no longer than a moment. */
function hasty(sent: unknown): unknown {
  const withinMs: unknown = typeof sent === 'object' && sent !== null ? Reflect.get(sent, 'withinMs') : undefined
  return typeof withinMs === 'number' && withinMs > 5 ? { ...Object(sent), withinMs: 5 } : sent
}

function settings({ settings: known }: ControlTable, values: Values, random: Random): object {
  const names = Object.keys(known)
  return Object.fromEntries(
    Array.from({ length: 1 + random.below(3) }, () => {
      const name = random.pick(names)
      const form = known[name]?.form
      return [name, form === undefined || random.chance(0.3) ? null : values.valid(form, name)]
    })
  )
}

/** A document as it was exported, or with one thing changed: a line, a number, a part of it. */
function documentOf(documents: readonly string[], random: Random, aim: Aim): string {
  if (documents.length === 0) return ''
  const text = random.pick(documents)
  if (aim === 'valid') return text
  if (random.chance(0.2)) return brokenJson(random, text)
  if (random.chance(0.2)) return text.slice(0, random.below(text.length))
  const from = random.below(text.length)
  return random.chance(0.5)
    ? text.slice(0, from) +
        text.slice(from).replace(/\d+/, (digits) => random.pick(['-1', '0', '1e21', '""', `${digits}9`, '1.5']))
    : text.slice(0, from) +
        text.slice(from).replace(/"[^"]*"/, () => random.pick(['null', '""', '[]', '"x"', '{"a":1}']))
}
