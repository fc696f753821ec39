import { hash } from 'node:crypto'
import { isTooDeep } from '../../../documents/depth.ts'
import type { RawRequest } from '../../provider.ts'
import { type Cause, causeOf, type Guess, guessOf } from '../../wire/guesses.ts'
import { hmac } from '../../wire/hmac.ts'
import { targetOf } from '../../wire/uri.ts'
import { canonicalRequest, type Signable, stringToSign } from './canonical.ts'

/** A signature that does not match, and what was known when it was checked. */
export interface Mismatch {
  readonly claim: { readonly keyId: string; readonly signature: string }
  readonly signable: Signable
  readonly request: RawRequest
  readonly secret: string
  /** Whether the key has a secret of its own. */
  readonly isConfigured: boolean
}

/** Re-serialising a larger body several times would let refused requests cost more than served ones. */
const REWRITTEN_MAX = 64 * 1024
const DEPTH_MAX = 20

/** The likely cause in one plain sentence, found by signing what clients sign by mistake. Never names a secret. */
export function causeOfMismatch(mismatch: Mismatch): Cause {
  const { claim, signable, secret, isConfigured } = mismatch
  const sign = (key: string | Buffer, text: string) => hmac(key, stringToSign(signable, text))
  const text = canonicalRequest(signable)
  if (Buffer.from(sign(secret, text), 'hex').toString('base64') === claim.signature)
    return { hint: 'the signature is right but in base64: it must be lower-case hex' }
  const guess = guessOf(slips(mismatch), sign, claim.signature.toLowerCase())
  if (guess) return causeOf(guess, text)
  return {
    hint: isConfigured
      ? "wrong secret, or something that is signed was changed on the way: compare the canonical request with the client's"
      : 'unknown key: set its secret, or use the key itself as secret; or something that is signed was changed on the way'
  }
}

/** The likeliest come first: of a large request only the first few are tried. */
function* slips(mismatch: Mismatch): Generator<Guess> {
  const { signable, request, secret } = mismatch
  const text = canonicalRequest(signable)
  const afterHeaders = `\n${signable.signedHeaders}\n${signable.bodyHash}`.length
  yield { key: secret, text, hint: 'the signature is right but must be in lower-case hex' }
  for (const [key, hint] of otherSecrets(mismatch)) yield { key, text, hint }
  yield {
    key: secret,
    text: text.slice(0, -afterHeaders) + text.slice(1 - afterHeaders),
    hint: 'the empty line between the headers and SignedHeaders was left out'
  }
  for (const [change, hint] of [...ofPath(request), ...ofHeaders(signable)]) {
    yield { key: secret, text: canonicalRequest({ ...signable, ...change }), hint }
  }
  for (const [body, hint] of ofBody(request.body)) {
    const bodyHash = hash('sha256', body, 'hex')
    yield { key: secret, text: canonicalRequest({ ...signable, bodyHash }), hint, bytes: body.length }
  }
}

function otherSecrets({ claim, secret, isConfigured }: Mismatch): readonly (readonly [key: string, hint: string])[] {
  return [
    ...(isConfigured
      ? [[claim.keyId, 'wrong secret: the key itself was used, but it has a secret of its own'] as const]
      : []),
    [`${secret}\n`, "the client's secret ends in a newline"],
    [secret.trim(), "the configured secret has blanks around it that the client's lacks"],
    ['', "the client's secret is empty"]
  ]
}

type Variant = readonly [change: Partial<Signable>, hint: string]

function ofPath({ url }: RawRequest): readonly Variant[] {
  const { path, query } = targetOf(url)
  const cause = 'the path was signed: the canonical URI is always "/"'
  return [
    [{ path }, cause],
    [{ path: `${path}/` }, cause],
    [{ path, query }, cause],
    [{ path: '' }, 'an empty path was signed: the canonical URI is always "/"'],
    [{ query }, 'the query was signed: it is always empty'],
    [{ method: 'post' }, 'the method was signed in lower case'],
    [{ method: 'GET' }, 'the method GET was signed, but the request is a POST']
  ]
}

function ofHeaders(signable: Signable): readonly Variant[] {
  const { headers } = signable
  const received = (wanted: string) => headers.find(([name]) => name === wanted)?.[1] ?? ''
  const withValue = (wanted: string, value: string): Partial<Signable> => ({
    headers: headers.map(([name, old]) => [name, name === wanted ? value : old] as const)
  })
  const host = received('host')
  const [name = '', port] = host.split(':', 2)
  const hosts = [name, 'console.zenlayer.com', 'localhost', '127.0.0.1', '0.0.0.0', '[::1]'].flatMap((other) =>
    port === undefined ? [other, `${other}:80`, `${other}:443`] : [other, `${other}:${port}`]
  )
  const types = ['application/json', 'application/json; charset=utf-8', 'application/json;charset=utf-8']
  const contentTypes = [...types, 'application/json; charset=UTF-8', 'application/json;charset=UTF-8', '']
  return [
    ...hosts.map(
      (other): Variant => [
        withValue('host', other),
        `Host differs: ${other} was signed, ${host || 'none'} arrived (the port belongs to it)`
      ]
    ),
    ...contentTypes.map(
      (other): Variant => [
        withValue('content-type', other),
        `Content-Type differs: ${other || 'none'} was signed, ${received('content-type') || 'none'} arrived`
      ]
    ),
    [
      { signedHeaders: signable.signedHeaders.toLowerCase() },
      'SignedHeaders was signed in lower case but sent otherwise'
    ],
    [
      { signedHeaders: signable.signedHeaders.toLowerCase().split(';').sort().join(';') },
      'SignedHeaders was signed in another order than it was sent in'
    ]
  ]
}

function* ofBody(body: Uint8Array): Generator<readonly [body: string, hint: string]> {
  yield ['', 'an empty body was signed, but one was sent']
  yield ['{}', 'the body {} was signed, but another one was sent']
  if (body.length > REWRITTEN_MAX) return
  const text = Buffer.from(body).toString()
  const cause = 'the body was re-serialised: the bytes that are sent must be the bytes that are signed'
  for (const other of [text.trim(), `${text}\n`, `${text}\r\n`]) yield [other, cause]
  for (const other of serialised(text)) yield [other, cause]
}

/** The body as other serialisers write it: without blanks, as Go and as Python do, indented, keys sorted. */
function* serialised(text: string): Generator<string> {
  // Indented, it would be many times as long; and nobody nests like this.
  if (isTooDeep(text, DEPTH_MAX)) return
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return // Nobody re-serialised it.
  }
  for (const arranged of [plain, sorted]) {
    const form = arranged(value)
    for (const write of WRITERS) {
      const json = write(form)
      yield json
      yield escapedAsGo(json)
      yield inAscii(json)
      yield escapedAsGo(inAscii(json))
    }
  }
}

const WRITERS: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value),
  spaced,
  (value) => JSON.stringify(value, null, 2),
  (value) => JSON.stringify(value, null, 4)
]

function plain(value: unknown): unknown {
  return value
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]))
}

/** Cloud: the Python SDK puts a blank after each comma and colon (zenlayer.md 1.3). */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${spaced(inner)}`)
  return `{${members.join(', ')}}`
}

function inAscii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, escaped)
}

/** Cloud: the Go and Java SDKs escape these (zenlayer.md 1.3). */
function escapedAsGo(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
