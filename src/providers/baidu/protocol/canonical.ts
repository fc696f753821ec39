import type { IncomingHttpHeaders } from 'node:http'
import type { RawRequest } from '../../provider.ts'
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

/** baidu.md 2.3, over the bytes as received. */
export function canonicalRequest(request: RawRequest, names: readonly string[]): string {
  const { path, query } = targetOf(request.url)
  return [
    request.method.toUpperCase(),
    canonicalUri(path),
    canonicalQuery(query),
    canonicalHeaders(names, request.headers)
  ].join('\n')
}

function canonicalUri(path: string): string {
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

function canonicalHeaders(names: readonly string[], headers: IncomingHttpHeaders): string {
  const lines: string[] = []
  for (const name of names) {
    // Not `trim()`: it takes U+00A0 for a blank, which may be the last byte of a character here.
    const value = headerOf(headers, name)?.replace(/^[ \t]+|[ \t]+$/g, '')
    if (value) lines.push(`${encode(name)}:${encode(value)}`)
  }
  return lines.sort().join('\n')
}

/** A header's value as received; one that came several times is joined as Node joins. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined
  return Array.isArray(value) ? value.join(', ') : value
}

const PLAIN = /^[A-Za-z0-9\-._~]*$/

function encode(text: string): string {
  return PLAIN.test(text) ? text : uriEncode(bytesOf(text))
}

/** However a client escaped it on the wire, the signature is over the one canonical escaping of what it means. */
function encodeAgain(text: string): string {
  return PLAIN.test(text) ? text : uriEncode(percentDecoded(text) ?? bytesOf(text))
}
