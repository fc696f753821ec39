import type { Operation, Protocol } from '../../provider.ts'
import { secretsIn } from '../../wire/secrets.ts'
import { decoded, targetOf, withoutEndpointSlash } from '../../wire/uri.ts'
import { knownOperations } from '../matters/not-served.ts'
import { failure, refusalOf, success } from './envelope.ts'
import { claimedKey, identify, sessionSecrets } from './identify.ts'
import { input } from './input.ts'
import { read } from './read.ts'
import { routeTable } from './route-table.ts'

/** How BCC speaks HTTP: REST under `/v2` and `/v3`, actions as query keys, `bce-auth-v1`, bare JSON. */
export function createProtocol(operations: readonly Operation[]): Protocol {
  const table = routeTable(operations, knownOperations())
  return {
    address: '/v*',
    owns: isOurs,
    read: (line) => read(line, table),
    claim: claimedKey,
    identify,
    input,
    refusal: refusalOf,
    requestId: (uuid) => uuid,
    success,
    failure,
    secrets: (request, keys) => [...secretsIn(request, claimedKey(request), keys), ...sessionSecrets(request)]
  }
}

function isOurs(path: string): boolean {
  const plain = withoutEndpointSlash(targetOf(path).path)
  return /^\/v\d/.test(decoded(plain) ?? plain)
}
