import { hash } from 'node:crypto'
import { hmac } from '../../wire/hmac.ts'
import { canonical, type Signable } from './canonical.ts'

/** A signature that does not match, and what was known when it was checked. */
export interface Mismatch {
  readonly signable: Signable
  readonly body: Uint8Array
  readonly secret: string
  readonly keyId: string
  /** Whether the key has a secret of its own. */
  readonly configured: boolean
  readonly given: string
  /** As received. */
  readonly url: string
}

/** Re-serialising a larger body several times would let refused requests cost more than served ones. */
const REWRITTEN_MAX = 64 * 1024

/** The likely cause in one plain sentence, found by signing what clients sign by mistake. Never names a secret. */
export function causeOfMismatch(mismatch: Mismatch): string {
  const { signable, secret, given } = mismatch
  const matches = (change: Partial<Signable>, key = secret) =>
    hmac(key, canonical({ ...signable, ...change }).stringToSign) === given.toLowerCase()

  const digest = hmac(secret, canonical(signable).stringToSign)
  if (digest === given.toLowerCase()) return 'the signature is right but must be in lower-case hex'
  if (Buffer.from(digest, 'hex').toString('base64') === given)
    return 'the signature is right but in base64: it must be lower-case hex'
  for (const [key, cause] of otherSecrets(mismatch)) if (matches({}, key)) return cause
  for (const [change, cause] of variants(mismatch)) if (matches(change)) return cause
  return mismatch.configured
    ? "wrong secret, or something that is signed was changed on the way: compare the canonical request with the client's"
    : 'unknown key: set its secret, or use the key itself as secret; or something that is signed was changed on the way'
}

function otherSecrets({ secret, keyId, configured }: Mismatch): readonly (readonly [key: string, cause: string])[] {
  return [
    ...(configured ? [[keyId, 'wrong secret: the key itself was used, but it has a secret of its own'] as const] : []),
    [`${secret}\n`, "the client's secret ends in a newline"],
    [secret.trim(), "the configured secret has blanks around it that the client's lacks"],
    ['', "the client's secret is empty"]
  ]
}

type Variant = readonly [change: Partial<Signable>, cause: string]

function variants(mismatch: Mismatch): readonly Variant[] {
  return [...ofPath(mismatch), ...ofHeaders(mismatch.signable), ...ofBody(mismatch.body)]
}

function ofPath({ url }: Mismatch): readonly Variant[] {
  const [path = '', query = ''] = url.replace(/^[a-z]+:\/\/[^/?]*/i, '').split('?', 2)
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
      { headers: headers.map(([header, value]) => [header, value.toLowerCase()] as const) },
      'header values were signed in lower case: they are signed as sent'
    ],
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

function ofBody(body: Uint8Array): readonly Variant[] {
  const cause = 'the body was re-serialised: the bytes that are sent must be the bytes that are signed'
  const bytes = (text: string): Partial<Signable> => ({ bodyHash: hash('sha256', text, 'hex') })
  const plain: Variant[] = [
    [bytes(''), 'an empty body was signed, but one was sent'],
    [bytes('{}'), 'the body {} was signed, but another one was sent']
  ]
  if (body.length > REWRITTEN_MAX) return plain
  const text = Buffer.from(body).toString()
  const rewritten = [text.trim(), `${text}\n`, `${text}\r\n`].map((other): Variant => [bytes(other), cause])
  return [...plain, ...rewritten, ...serialised(text).map((other): Variant => [bytes(other), cause])]
}

/** The body as other serialisers write it: without blanks, indented, as Go and as Python do, keys sorted. */
function serialised(text: string): readonly string[] {
  let value: unknown
  try {
    value = JSON.parse(text)
    const forms = [value, sorted(value)].flatMap((form) => [
      JSON.stringify(form),
      JSON.stringify(form, null, 2),
      JSON.stringify(form, null, 4),
      spaced(form)
    ])
    return forms.flatMap((form) => [form, inAscii(form), escapedAsGo(form), escapedAsGo(inAscii(form))])
  } catch {
    return [] // No JSON, or nested too deep: then nobody re-serialised it.
  }
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
