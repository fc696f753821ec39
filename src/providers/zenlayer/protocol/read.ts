import type { IncomingHttpHeaders } from 'node:http'
import { nearest } from '../../../documents/nearest.ts'
import type { ApiError, Operation, Provider, Reading, RequestLine } from '../../provider.ts'
import { headerOf } from '../../wire/headers.ts'
import { formValues, targetOf, withoutEndpointSlash } from '../../wire/uri.ts'
import { refusal } from '../errors.ts'
import { isOtherService, otherServicesWith } from '../matters/not-served.ts'

/** The services that rows may belong to, each with its own versions (zenlayer.md 1.4), oldest first. */
export const SERVICES = {
  zec: ['2024-04-01', '2025-09-01'],
  user: ['2024-05-29'],
  zrm: ['2025-10-14']
} as const
export type Service = keyof typeof SERVICES
const services: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(SERVICES))

/** What comes before the service in a path (zenlayer.md 1.1). */
export const PREFIX = '/api/v2/'

/** The rows as addresses find them: service → action → the row, and the versions that have it. */
export type Table = ReadonlyMap<string, ReadonlyMap<string, Entry>>
interface Entry {
  readonly operation: Operation
  readonly versions: readonly string[]
}
/** What a request asks for. Empty: not said. */
interface Address {
  readonly service: string
  readonly version: string
  readonly action: string
}

export function tableOf(operations: readonly Operation[]): Table {
  const table = new Map<string, Map<string, Entry>>()
  for (const operation of operations) {
    for (const { path, selector = '' } of [operation.route, ...operation.aliases]) {
      const actions = table.get(serviceOf(path)) ?? new Map<string, Entry>()
      table.set(serviceOf(path), actions.set(selector, { operation, versions: versionsOf(operation) }))
    }
  }
  return table
}

function versionsOf({ route, versions }: Pick<Operation, 'route' | 'versions'>): readonly string[] {
  return versions ?? services.get(serviceOf(route.path)) ?? []
}

/** The row that a request line means, or why it means none. */
export function read(line: RequestLine, table: Table, notServed: Provider['notServed']): Reading {
  const { method, url, headers } = line
  const { path: given, query } = targetOf(url)
  const path = withoutEndpointSlash(given)
  const address = addressOf(path, headers)
  const { service, version, action } = address
  const common = { params: NO_PARAMS, query: formValues(query), version }
  const early = refusedEarly(method, path)
  if (early) return { ...common, operation: undefined, refused: { early: true, error: () => early } }
  const entry = table.get(service)?.get(action)
  if (entry?.versions.includes(version)) return { ...common, operation: entry.operation }
  return {
    ...common,
    operation: undefined,
    refused: {
      early: false,
      error: () =>
        refusal('AUTHFAILURE_UNAUTHORIZED_OPERATION', {
          hint: whyUnmatched(address, table, notServed),
          rule: 'zenlayer.md 2.3'
        })
    }
  }
}
const NO_PARAMS = {}

function addressOf(path: string, headers: IncomingHttpHeaders): Address {
  return {
    service: serviceOf(path),
    version: headerOf(headers, 'x-zc-version') ?? '',
    action: headerOf(headers, 'x-zc-action') ?? ''
  }
}

/** Cloud: the service is that of the path, whatever `x-zc-service` says (zenlayer.md 1.2). */
function serviceOf(path: string): string {
  return path.startsWith(PREFIX) ? path.slice(PREFIX.length) : ''
}

/** What is refused before anyone asks who is calling. */
// Cloud: 404 for another path, 405 for another method, one code for both (zenlayer.md open question 16).
function refusedEarly(method: string, path: string): ApiError | undefined {
  if (!services.has(serviceOf(path))) {
    return refusal('AUTHFAILURE_UNAUTHORIZED_OPERATION', { hint: whyNoPath(path), rule: 'zenlayer.md 2.3' }, 404)
  }
  if (method === 'POST') return undefined
  return refusal(
    'AUTHFAILURE_UNAUTHORIZED_OPERATION',
    { hint: 'the method must be POST', rule: 'zenlayer.md 1.1' },
    405
  )
}

function whyNoPath(path: string): string {
  const served = [...services.keys()].map((service) => `${PREFIX}${service}`)
  if (isOtherService(serviceOf(path)))
    return `service ${serviceOf(path)} is known but not emulated: ${served.join(', ')} are`
  const near = nearest(path, served)
  return near ? `unknown path: did you mean ${near}?` : `unknown path: there are ${served.join(', ')}`
}

/** The likely slip, in a plain sentence. */
function whyUnmatched({ service, version, action }: Address, table: Table, notServed: Provider['notServed']): string {
  const known = services.get(service) ?? []
  if (action === '') return 'the header X-ZC-Action is missing'
  if (version === '') return `the header X-ZC-Version is missing: ${service} has ${known.join(' and ')}`
  if (!known.includes(version)) return `unknown version ${clip(version)}: ${service} has ${known.join(' and ')}`
  const versions = table.get(service)?.get(action)?.versions
  if (versions) return `${action} exists at version ${versions.join(' and ')} only`
  const refused = notServed.find(({ name }) => name === action)
  if (refused) return `${action} is known but not emulated: ${refused.reason}`
  const elsewhere = [...table].find(([, actions]) => actions.has(action))?.[0]
  if (elsewhere) return `${action} belongs to another service: ${PREFIX}${elsewhere}`
  const others = otherServicesWith(action)
  if (others.length > 0) return `${action} is known but not emulated: it belongs to service ${others.join(', ')}`
  const near = nearest(action, table.get(service)?.keys() ?? [])
  return near ? `unknown action ${clip(action)}: did you mean ${near}?` : `unknown action ${clip(action)}`
}

/** Hints travel in a header. */
function clip(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}...` : text
}
