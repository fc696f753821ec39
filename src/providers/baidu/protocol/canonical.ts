import type { IncomingHttpHeaders } from 'node:http'
import type { RawRequest } from '../../provider.ts'
import { headerOf, trimmed } from '../../wire/headers.ts'
import { bytesOf, parametersOf, percentDecoded, targetOf, uriEncode } from '../../wire/uri.ts'

const BY_DEFAULT = ['host', 'content-length', 'content-type', 'content-md5']

/**
 * The names of the headers that are signed. Cloud: an empty list means these four where present, and all `x-bce-*`
 * (the Python SDK sends no list); a list means exactly what it names, in any order (baidu.md 2.4).
 */
export function signedNames(signedHeaders: string, headers: IncomingHttpHeaders): readonly string[] {
  if (signedHeaders !== '') return [...new Set(signedHeaders.split(';'))]
  return Object.keys(headers).filter((name) => BY_DEFAULT.includes(name) || name.startsWith('x-bce-'))
}

/** A canonical request in its parts (baidu.md 2.3), so that one that differs in a single thing shares the others. */
export interface Canonical {
  readonly method: string
  readonly uri: string
  readonly query: string
  /** As `name:value`, sorted. */
  readonly headers: readonly string[]
}

/** Over the bytes as received. */
export function canonicalOf({ method, url, headers }: RawRequest, names: readonly string[]): Canonical {
  const { path, query } = targetOf(url)
  return {
    method: method.toUpperCase(),
    uri: canonicalUri(path),
    query: canonicalQuery(query),
    headers: headerLines(names, headers)
  }
}

export function textOf({ method, uri, query, headers }: Canonical): string {
  return `${method}\n${uri}\n${query}\n${headers.join('\n')}`
}

export function canonicalUri(path: string): string {
  const encoded = encodeAgain(path).replaceAll('%2F', '/')
  return encoded.startsWith('/') ? encoded : `/${encoded}`
}

/** Parameters sorted as encoded texts; the signature covers every one of a repeated key. */
export function canonicalQuery(query: string): string {
  const pairs: string[] = []
  for (const { key, value } of parametersOf(query)) {
    const name = encodeAgain(key)
    if (name.toLowerCase() !== 'authorization') pairs.push(`${name}=${encodeAgain(value)}`)
  }
  return pairs.sort().join('&')
}

export function headerLines(names: readonly string[], headers: IncomingHttpHeaders): readonly string[] {
  return names.flatMap((name) => headerLine(name, headerOf(headers, name) ?? '') ?? []).sort()
}

/** undefined: a header without a value is not signed. */
export function headerLine(name: string, value: string): string | undefined {
  const plain = trimmed(value)
  return plain === '' ? undefined : `${encode(name)}:${encode(plain)}`
}

const PLAIN = /^[A-Za-z0-9\-._~]*$/

function encode(text: string): string {
  if (PLAIN.test(text)) return text
  return ASCII.test(text) ? encodeURIComponent(text).replace(KEPT, percent) : uriEncode(bytesOf(text))
}

const ASCII = /^[\0-\x7f]*$/
/** What JavaScript leaves as it is, and RFC 3986 does not. */
const KEPT = /[!'()*]/g

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/** However a client escaped it on the wire, the signature is over the one canonical escaping of what it means. */
function encodeAgain(text: string): string {
  return PLAIN.test(text) ? text : uriEncode(percentDecoded(text) ?? bytesOf(text))
}
