import { KindGuard, type TSchema } from '@sinclair/typebox'
import type { Operation, Route } from '../../src/providers/provider.ts'
import type { Random } from '../random.ts'
import { brokenJson, changed } from './change.ts'
import { encoded, NO_BODY, type Request } from './request.ts'
import { type CloudName, signedBy } from './signing.ts'
import { createValues, type Values } from './values.ts'
import type { Words } from './words.ts'

/** How far a request is from a right one. */
export type Aim = 'valid' | 'near' | 'wild'

/** Makes calls of one cloud's operations, from their own schemas. */
export interface CloudRequests {
  of(operation: Operation, aim: Aim): Request
  /** How a request is signed: mostly as its key does; now and then wrongly, or not at all. */
  seal(key: string, host: string): Seal
}
export type Seal = (request: Request) => Request

export function createCloudRequests(cloud: CloudName, random: Random, words: Words): CloudRequests {
  const values = createValues(random, words.of)
  const shape = cloud === 'zenlayer' ? zenlayer : baidu
  return {
    of(operation, aim) {
      const request = shape(operation, values, random, aim)
      return aim === 'wild' ? wilder(request, random, values) : request
    },
    seal(key, host) {
      const which = random.next()
      if (which < UNSIGNED) return (request) => request
      const sign: Seal = (request) => signedBy(key, cloud, request, host) ?? request
      if (which < 1 - MISSIGNED) return sign
      const wrong = header(textOf(changed(random, values, SIGNATURES[cloud])))
      return (request) => ({ ...request, headers: { ...sign(request).headers, authorization: wrong } })
    }
  }
}

const UNSIGNED = 0.04
const MISSIGNED = 0.02
const SIGNATURES = {
  zenlayer: 'ZC2-HMAC-SHA256 Credential=wrong, SignedHeaders=content-type;host, Signature=0',
  baidu: 'bce-auth-v1/wrong/2026-01-05T08:00:00Z/1800/host/0'
}

function zenlayer({ route, versions, request }: Operation, values: Values, random: Random, aim: Aim): Request {
  const version = random.pick(versions ?? VERSIONS)
  return {
    method: 'POST',
    path: route.path,
    query: [],
    headers: {
      'content-type': 'application/json',
      'x-zc-action': route.selector ?? '',
      'x-zc-version': version
    },
    body: bodyOf(request.body, values, random, aim)
  }
}
const VERSIONS = ['2024-04-01', '2025-09-01']

function baidu({ route, aliases, request }: Operation, values: Values, random: Random, aim: Aim): Request {
  const { method, path, selector } = random.chance(0.8) ? route : random.pick([route, ...aliases])
  const query: [string, string?][] = selector === undefined ? [] : [selectorPair(selector, random)]
  for (const [name, value] of Object.entries(Object(near(values.valid(request.query, ''), values, random, aim)))) {
    if (value !== undefined) query.push([encoded(name), encoded(textOf(value))])
  }
  return {
    method,
    path: filled(path, request.params, values, random, aim),
    query,
    headers: random.chance(0.7) ? { 'content-type': 'application/json' } : {},
    body: method === 'GET' && !readsAny(request.body) ? NO_BODY : bodyOf(request.body, values, random, aim)
  }
}

/** `attach`, `attach=` and `action=AttachTags`. */
function selectorPair(selector: string, random: Random): [string, string?] {
  const [name = '', value] = selector.split('=')
  return value === undefined ? (random.chance(0.5) ? [name] : [name, '']) : [name, value]
}

function filled(path: Route['path'], params: TSchema, values: Values, random: Random, aim: Aim): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const schema: unknown = KindGuard.IsObject(params) ? params.properties[name] : undefined
    const value = KindGuard.IsSchema(schema) ? values.valid(schema, name) : name
    const sent = aim !== 'valid' && random.chance(0.2) ? values.text() : String(value)
    return encoded(sent) || 'x'
  })
}

function bodyOf(schema: TSchema, values: Values, random: Random, aim: Aim): Buffer {
  const value =
    aim === 'wild' && random.chance(0.5) ? values.wild() : near(values.valid(schema, ''), values, random, aim)
  // A member more that no operation reads changes nothing.
  const sent = aim === 'valid' && random.chance(0.02) ? { ...Object(value), surplus: values.wild(1) } : value
  const text = JSON.stringify(sent) ?? ''
  if (text === '{}' && random.chance(0.5)) return NO_BODY
  return Buffer.from(aim === 'wild' && random.chance(0.3) ? brokenJson(random, text) : text)
}

function near(value: unknown, values: Values, random: Random, aim: Aim): unknown {
  return aim === 'valid' || random.chance(0.2) ? value : changed(random, values, value)
}

function readsAny(schema: TSchema): boolean {
  return !KindGuard.IsObject(schema) || Object.keys(schema.properties).length > 0
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** Another method, path, query or header, whatever the cloud. */
export function wilder(request: Request, random: Random, values: Values): Request {
  switch (random.below(6)) {
    case 0:
      return {
        ...request,
        method: random.pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND'])
      }
    case 1:
      return { ...request, path: request.path + random.pick(TAILS) }
    case 2: {
      const pair = random.chance(0.3) ? random.pick(PAIRS) : ([encoded(values.text()), encoded(values.text())] as const)
      return { ...request, query: [...request.query, pair] }
    }
    case 3: {
      const [name, value] = random.pick(HEADERS)
      return { ...request, headers: { ...request.headers, [name]: value } }
    }
    case 4: {
      const name = random.pick(Object.keys(request.headers).concat('accept'))
      const { [name]: value = '', ...others } = request.headers
      if (random.chance(0.3)) return { ...request, headers: others }
      return { ...request, headers: { ...others, [name]: header(textOf(changed(random, values, value))) } }
    }
    default:
      return request
  }
}

const TAILS = [
  '/',
  '//',
  '/..',
  '/x',
  '%2f',
  '%',
  '%zz',
  '%00',
  '%c3%28',
  ';a=1',
  '/%E5%BF%AB',
  `/${'a'.repeat(3000)}`,
  '.json'
]
const PAIRS = [
  ['%'],
  ['%zz', '1'],
  ['attach'],
  ['detach'],
  ['', ''],
  ['a', 'b=c'],
  ['maxKeys', '1e3'],
  ['x'.repeat(9000)]
] as const
const HEADERS: readonly (readonly [string, string])[] = [
  ['content-type', 'text/plain'],
  ['content-type', 'application/json; charset=utf-16'],
  ['content-encoding', 'gzip'],
  ['accept', 'application/xml'],
  ['accept-encoding', 'gzip, br'],
  ['expect', '100-continue'],
  ['expect', 'a-miracle'],
  ['range', 'bytes=0-1'],
  ['if-none-match', '*'],
  ['cookie', 'session=1'],
  ['x-forwarded-for', '10.0.0.1'],
  ['x-zc-service', 'bmc'],
  ['x-zc-version', '1999-01-01'],
  ['x-zc-action', 'DescribeEverything'],
  ['x-bce-date', 'yesterday'],
  ['x-bce-security-token', 'token'],
  ['x-http-method-override', 'DELETE'],
  ['x-long', 'a'.repeat(8000)],
  ['x-longer', 'a'.repeat(17_000)],
  ['connection', 'close']
]

/** What may stand in a header: a line of latin-1. */
function header(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').trim()
}
