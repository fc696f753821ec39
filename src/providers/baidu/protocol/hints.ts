import type { IncomingHttpHeaders } from 'node:http'
import type { Keyring, RawRequest } from '../../provider.ts'
import { type Cause, causeOf, type Guess, guessOf } from '../../wire/guesses.ts'
import { headerOf } from '../../wire/headers.ts'
import { hmac } from '../../wire/hmac.ts'
import { decoded, targetOf } from '../../wire/uri.ts'
import { type Authorization, prefixOf } from './authorization.ts'
import { type Canonical, headerLine, headerLines, signedNames, textOf } from './canonical.ts'

/** A signature that does not match, and what was known when it was checked. */
export interface Mismatch {
  readonly request: RawRequest
  readonly authorization: Authorization
  readonly canonical: Canonical
  readonly secret: string
}

/** Of how many signed headers it is tried whether each was left out. */
const LEFT_OUT_MAX = 16
/** Hints travel in a header. */
const NAMES_MAX = 10
const NAME_MAX = 100

/** The likely cause of a signature that doesn't match: the first known mistake that leads to the one that came. */
export function causeOfMismatch(mismatch: Mismatch, keys: Keyring): Cause {
  const { request, authorization, canonical } = mismatch
  const given = authorization.signature
  if (!/^[0-9a-f]{64}$/i.test(given)) return { hint: 'The signature is not 64 hex digits.' }
  const listed = authorization.signedHeaders.split(';')
  const odd = listed.find((name) => name !== name.toLowerCase())
  if (odd !== undefined) return { hint: `The signed header "${clip(odd)}" must be listed in lower case.` }
  const guess = guessOf(slips(mismatch), hmac, given.toLowerCase())
  if (guess) return causeOf(guess, textOf(canonical))
  const missing = listed.find((name) => name !== '' && headerOf(request.headers, name) === undefined)
  if (missing !== undefined) return { hint: `The signed header "${clip(missing)}" did not arrive with the request.` }
  return { hint: secretHint(authorization.keyId, keys) }
}

function clip(name: string): string {
  return name.length > NAME_MAX ? `${name.slice(0, NAME_MAX)}...` : name
}

function secretHint(keyId: string, keys: Keyring): string {
  return keys.secretOf(keyId) === undefined
    ? `The key "${keyId}" is not configured, so its secret is the key itself: sign with "${keyId}", or set its secret.`
    : `Probably the secret is wrong: the key "${keyId}" is configured with another one, or the request was changed on its way.`
}

/** The likeliest come first: of a large request only the first few are tried. */
function* slips(mismatch: Mismatch): Generator<Guess> {
  const { request, authorization, canonical, secret } = mismatch
  const key = hmac(secret, prefixOf(authorization))
  const text = textOf(canonical)
  yield { key, text, hint: 'The signature is right but in upper case: send lower-case hex.' }
  yield* keySlips(mismatch, text)
  for (const { hint, ...change } of headerSlips(mismatch))
    yield { key, text: textOf({ ...canonical, ...change }), hint }
  for (const { hint, ...change } of partSlips(request, canonical)) {
    yield { key, text: textOf({ ...canonical, ...change }), hint }
  }
  const { method, uri, headers } = canonical
  yield {
    key,
    text: `${text}\n`,
    hint: 'The canonical request ends with a line end: it must end with its last header.'
  }
  yield {
    key,
    text: [method, uri, ...headers].join('\n'),
    hint: 'The canonical request lacks the line of its empty query.'
  }
}

function* keySlips({ authorization, secret }: Mismatch, text: string): Generator<Guess> {
  const prefix = prefixOf(authorization)
  const { keyId, timestamp } = authorization
  yield {
    key: Buffer.from(hmac(secret, prefix), 'hex'),
    text,
    hint: 'The signing key was used as 32 raw bytes: its 64 hex digits, as a text, are the key of the second HMAC.'
  }
  yield { key: secret, text, hint: 'The request was signed with the secret itself, without a signing key.' }
  yield {
    key: hmac(keyId, prefix),
    text,
    hint: `The access key id was used as the secret, but the key "${keyId}" is configured with a secret of its own.`
  }
  for (const padded of [`${secret}\n`, ` ${secret}`, `${secret} `]) {
    yield { key: hmac(padded, prefix), text, hint: 'The secret was used with a blank or line end around it.' }
  }
  for (const expiry of ['1800', '3600', '']) {
    const other = `bce-auth-v1/${keyId}/${timestamp}${expiry === '' ? '' : `/${expiry}`}`
    yield {
      key: hmac(secret, other),
      text,
      hint: `The signing key was made from "${other}", but the Authorization header begins with "${prefix}".`
    }
  }
}

/** What is wrong in some parts of a canonical request, and how to say so. */
type Slip = Partial<Canonical> & { readonly hint: string }

function* headerSlips({ request, authorization, canonical }: Mismatch): Generator<Slip> {
  const { headers } = request
  const names = new Set(signedNames(authorization.signedHeaders, headers))
  const host = headerOf(headers, 'host') ?? ''
  const without = canonical.headers.filter((line) => !line.startsWith('host:'))
  for (const other of names.has('host') ? otherHosts(host) : []) {
    yield {
      headers: [...without, headerLine('host', other) ?? ''].sort(),
      hint: `The Host header that arrived is "${host}", but "${other}" was signed: the port belongs to it, and nothing on the way may change it.`
    }
  }
  yield* unlistedSlips(headers, names, canonical)
  for (const line of canonical.headers.slice(0, LEFT_OUT_MAX)) {
    yield {
      headers: canonical.headers.filter((other) => other !== line),
      hint: `The header "${clip(line.slice(0, line.indexOf(':')))}" was left out when signing.`
    }
  }
  yield {
    headers: [...canonical.headers.filter((line) => !line.startsWith('content-length:')), 'content-length:0'].sort(),
    hint: 'A Content-Length of 0 was signed that did not arrive like this.'
  }
}

function* unlistedSlips(
  headers: IncomingHttpHeaders,
  names: ReadonlySet<string>,
  canonical: Canonical
): Generator<Slip> {
  const extra = Object.keys(headers).filter((name) => name.startsWith('x-bce-') && !names.has(name))
  if (extra.length > 0) {
    const told = extra.slice(0, NAMES_MAX).map(clip).join(', ')
    yield {
      headers: [...canonical.headers, ...headerLines(extra, headers)].sort(),
      hint: `These headers were signed but are not in the list of signed headers: ${told}.`
    }
  }
  yield {
    headers: headerLines(signedNames('', headers), headers),
    hint: 'The default headers were signed, not those in the list.'
  }
}

function otherHosts(host: string): readonly string[] {
  const bare = host.replace(/:\d+$/, '')
  const port = host.slice(bare.length)
  return [bare, `${bare}:80`, `${bare}:443`, `localhost${port}`, `127.0.0.1${port}`, 'bcc.bj.baidubce.com']
}

/** Canonical requests that are wrong in one part. */
function* partSlips({ url }: RawRequest, { method, uri, query, headers }: Canonical): Generator<Slip> {
  const { path: rawPath, query: rawQuery } = targetOf(url)
  yield { method: method.toLowerCase(), hint: 'The method was signed in lower case.' }
  yield {
    query: rawQuery,
    hint: 'The query was signed as it was sent: its parameters must be sorted, each written key=value and percent-encoded.'
  }
  yield { query: '', hint: 'The query was not signed.' }
  yield {
    query: query
      .split('&')
      .filter((pair) => !pair.endsWith('='))
      .join('&'),
    hint: 'A parameter without a value was left out of the signature: "?attach" is signed as "attach=".'
  }
  yield {
    query: query.replace(/=(?=&|$)/g, ''),
    hint: 'A parameter without a value must be signed with its "=": "?attach" as "attach=".'
  }
  yield { query: query.replaceAll('%20', '+'), hint: 'A blank was signed as "+", not as "%20".' }
  yield { uri: rawPath, hint: 'The path was signed as it was sent, not in its canonical escaping.' }
  yield { uri: uri.replaceAll('/', '%2F'), hint: 'The slashes of the path were percent-encoded.' }
  yield {
    headers: headers.map((line) => decoded(line) ?? line),
    hint: 'The values of the headers were signed without percent-encoding ("host:127.0.0.1%3A8080").'
  }
  yield {
    uri: inLowerHex(uri),
    query: inLowerHex(query),
    headers: headers.map(inLowerHex),
    hint: 'Percent-encoding was signed with lower-case hex digits.'
  }
  yield { headers: [...headers].reverse(), hint: 'The header lines of the canonical request must be sorted.' }
}

function inLowerHex(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
}
