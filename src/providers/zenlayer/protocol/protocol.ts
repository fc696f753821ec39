import type { Operation, Protocol, Provider } from '../../provider.ts'
import { spread } from '../../spread.ts'
import { walk } from '../../wire/absent.ts'
import { refusal } from '../errors.ts'
import { failure, requestId, success, trouble } from './envelope.ts'
import { authenticate, claimedKey } from './identify.ts'
import { invalid, isAbsent, parse } from './input.ts'
import { addressOf, early, headerOf, queryOf, serviceOf, tableOf, whyUnmatched } from './read.ts'

/** What a protocol needs of its provider. */
export interface Addressed {
  readonly operations: readonly Pick<Operation, 'route' | 'aliases' | 'versions'>[]
  readonly notServed: Provider['notServed']
}

/** No row has it. */
const UNMATCHED = '/~zenlayer/-'

/** How Zenlayer speaks: `POST /api/v2/<service>` with the action in a header (zenlayer.md 1 to 3). */
export function createProtocol({ operations, notServed }: Addressed): Protocol {
  const table = tableOf(operations)
  return {
    owns: (path) => path === '/api' || path.startsWith('/api/'),
    target(_method, url, headers) {
      const { service, version, action } = addressOf(url, headers)
      if (!table.get(service)?.get(action)?.includes(version)) return UNMATCHED
      return `${internalPath(service, action)}${queryOf(url)}`
    },
    routes: (operation) =>
      // One for all its versions: they share one state, and each route takes its part of the start.
      [operation.route, ...operation.aliases].map(({ method, path, selector }) => ({
        method,
        path: internalPath(serviceOf(path), selector ?? '')
      })),
    early,
    authenticate,
    claimed: ({ headers }) => claimedKey(headers),
    unmatched: ({ url, headers }) =>
      refusal('AUTHFAILURE_UNAUTHORIZED_OPERATION', {
        hint: whyUnmatched(addressOf(url, headers), table, notServed),
        rule: 'zenlayer.md 2.3'
      }),
    version: ({ headers }) => headerOf(headers, 'x-zc-version') ?? '',
    parse,
    normalise({ request }, { params, query, body }) {
      const walked = walk(request.body, body, 'body', { isAbsent })
      const asked = typeof query === 'object' && query !== null ? Object.keys(query) : []
      return {
        params,
        query: {},
        body: walked.value,
        unused: [...asked.map((name) => `query.${name}`), ...walked.unused]
      }
    },
    invalid,
    trouble,
    requestId,
    success: (_operation, result, id) => success(result, id),
    failure
  }
}

function internalPath(service: string, action: string): string {
  return `/~zenlayer/${spread(action)}/service/${service}/action/${action}`
}
