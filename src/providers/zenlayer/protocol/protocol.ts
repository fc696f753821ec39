import type { Operation, Protocol, Provider } from '../../provider.ts'
import { secretsIn } from '../../wire/secrets.ts'
import { withoutEndpointSlash } from '../../wire/uri.ts'
import { failure, refusalOf, requestId, success } from './envelope.ts'
import { claimedKey, identify } from './identify.ts'
import { input } from './input.ts'
import { read, tableOf } from './read.ts'

/** What a protocol needs of its provider. */
export interface Addressed {
  readonly operations: readonly Operation[]
  readonly notServed: Provider['notServed']
}

/** How Zenlayer speaks: `POST /api/v2/<service>` with the action in a header (zenlayer.md 1 to 3). */
export function createProtocol({ operations, notServed }: Addressed): Protocol {
  const table = tableOf(operations)
  return {
    address: '/api/*',
    owns: (path) => /^\/api(?:\/|$)/.test(withoutEndpointSlash(path)),
    read: (line) => read(line, table, notServed),
    claim: claimedKey,
    identify,
    input,
    refusal: refusalOf,
    requestId,
    success,
    failure,
    secrets: (request, keys) => secretsIn(request, claimedKey(request), keys)
  }
}
