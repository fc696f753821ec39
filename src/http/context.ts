import type { IncomingMessage } from 'node:http'
import type { Core } from '../core/model/core.ts'
import type { Hide } from '../documents/hiding.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Keyring, Protocol, Provider } from '../providers/provider.ts'
import type { Access } from './access.ts'
import type { Delays } from './calls/delays.ts'
import type { Connections } from './connections.ts'
import type { Shard } from './shard.ts'
import { type InputChecks, inputChecks } from './validate.ts'

export type Log = (message: string, detail?: object) => void

/** A cloud as it is served: with the protocol of its rows, and the checks of their inputs. */
export interface ServedCloud extends Provider {
  readonly protocol: Protocol
  readonly checks: InputChecks
}

/** What every part of the HTTP layer is given. */
export interface HttpContext {
  readonly core: Core
  readonly clouds: readonly ServedCloud[]
  readonly keys: Keyring
  /** Hides what the configuration keeps secret. */
  readonly hide: Hide
  readonly log: Log
  readonly connections: Connections
  readonly delays: Delays
  readonly access: Access
  /** Which of several servers this is. */
  readonly shard: Shard | undefined
  /** The server ends: who waits for something is answered now. */
  readonly ending: AbortSignal
  /** undefined: nothing is counted. */
  readonly metrics: Metrics | undefined
  /** Requests of which the headers alone are asked for. */
  readonly heads: WeakSet<IncomingMessage>
}

export function served(provider: Provider): ServedCloud {
  return { ...provider, protocol: provider.protocolFor(provider.operations), checks: inputChecks() }
}

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i

/** Path and query of a request target: `http://host/v2/asp` and `/v2/asp` are the same. */
export function originForm(url: string): string {
  if (url.startsWith('/')) return url
  const rest = url.replace(ABSOLUTE, '')
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** The path of a request target as received, without its query. */
export function pathOf(url: string): string {
  const rest = originForm(url)
  const end = rest.search(/[?#]/)
  return end === -1 ? rest : rest.slice(0, end)
}

/** The cloud whose path this is. */
export function ownerOf(clouds: readonly ServedCloud[], url: string): ServedCloud | undefined {
  const path = pathOf(url)
  return clouds.find((cloud) => cloud.protocol.owns(path))
}

const NOT_PRINTABLE = /[^\x20-\x24\x26-\x7e]/gu

/** A text as a header's value: what is no printable ASCII, and `%` itself, as percent-encoded UTF-8. */
export function headerText(text: string): string {
  return text.replace(NOT_PRINTABLE, (character) =>
    Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
  )
}
