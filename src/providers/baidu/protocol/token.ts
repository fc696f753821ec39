import { hash } from 'node:crypto'
import type { Token } from '../../../core/model/world.ts'
import type { RawRequest } from '../../provider.ts'
import { decoded, parametersOf, percentDecoded, targetOf, uriEncode, withoutEndpointSlash } from '../../wire/uri.ts'
import { refusal } from '../errors.ts'
import { canonicalQuery } from './canonical.ts'

const KEY = 'clientToken'
const LENGTH_MAX = 64
/** Beyond all that anyone means, where sorting would take longer than the rest of the call. A body so long is compared as it came. */
const SORTED_MAX = 128 * 1024
/** Parameters that say who is calling, not what for. */
const CREDENTIALS = ['authorization', 'x-bce-security-token']

/** The idempotency token of a call that changes something, with all that a repeat must have the same (baidu.md 1.9). */
export function clientToken(request: RawRequest, body: object): Token | undefined {
  if (request.method === 'GET') return undefined
  const { path, query } = targetOf(request.url)
  const plain = withoutEndpointSlash(path)
  const parameters = parametersOf(query).map(({ key, value }) => ({ name: decoded(key) ?? key, key, value }))
  const last = parameters.findLast(({ name }) => name === KEY)
  const token = last && (decoded(last.value) ?? last.value)
  if (!token) return undefined
  checkForm(token)
  const others = parameters.filter(({ name }) => name !== KEY && !CREDENTIALS.includes(name.toLowerCase()))
  const same = [
    request.method,
    uriEncode(percentDecoded(plain) ?? Buffer.from(plain)),
    canonicalQuery(others.map(({ key, value }) => `${key}=${value}`).join('&')),
    request.body.length > SORTED_MAX ? hash('sha256', request.body) : sortedJson(body)
  ]
  return { token, request: hash('sha256', same.join('\n')) }
}

function checkForm(token: string): void {
  const isAscii = /^[ -~]*$/.test(token)
  if (isAscii && token.length <= LENGTH_MAX) return
  throw refusal('BadRequest', {
    hint: isAscii
      ? `The clientToken has ${token.length} characters; at most ${LENGTH_MAX} are allowed.`
      : 'The clientToken must be ASCII.',
    field: `query.${KEY}`,
    rule: 'baidu.md 1.9'
  })
}

/** JSON with the members of every object in one order, so that equal values make equal texts. */
function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${sortedJson(inner)}`).join(',')}}`
}
