import type { Keyring, RawRequest } from '../../provider.ts'
import { hmac } from '../../wire/hmac.ts'
import { decoded, targetOf } from '../../wire/uri.ts'
import { type Authorization, prefixOf } from './authorization.ts'
import { canonicalQuery, canonicalRequest, headerOf, signedNames } from './canonical.ts'

/** A mistake that signers make: the signature that it leads to, and how to say so. */
interface Slip {
  readonly signature: string
  readonly hint: string
}

/** The likely cause of a signature that doesn't match: the first known slip that leads to the one that came. */
export function mismatchHint(request: RawRequest, authorization: Authorization, secret: string, keys: Keyring): string {
  const given = authorization.signature
  if (!/^[0-9a-f]{64}$/i.test(given)) return 'The signature is not 64 hex digits.'
  const odd = authorization.signedHeaders.split(';').find((name) => name !== name.toLowerCase())
  if (odd !== undefined) return `The signed header "${odd}" must be listed in lower case.`
  for (const slip of slips(request, authorization, secret)) if (slip.signature === given) return slip.hint
  const missing = authorization.signedHeaders
    .split(';')
    .find((name) => name !== '' && headerOf(request.headers, name) === undefined)
  if (missing !== undefined) return `The signed header "${missing}" did not arrive with the request.`
  return secretHint(authorization.keyId, keys)
}

function secretHint(keyId: string, keys: Keyring): string {
  return keys.secretOf(keyId) === undefined
    ? `The key "${keyId}" is not configured, so its secret is the key itself: sign with "${keyId}", or set its secret.`
    : `Probably the secret is wrong: the key "${keyId}" is configured with another one, or the request was changed on its way.`
}

function* slips(request: RawRequest, authorization: Authorization, secret: string): Generator<Slip> {
  const names = signedNames(authorization.signedHeaders, request.headers)
  const canonical = canonicalRequest(request, names)
  const prefix = prefixOf(authorization)
  const key = hmac(secret, prefix)
  const right = hmac(key, canonical)
  yield { signature: right.toUpperCase(), hint: 'The signature is right but in upper case: send lower-case hex.' }
  yield* keySlips(authorization, secret, canonical)
  yield* headerSlips(request, names, key)
  for (const { text, hint } of textSlips(request, canonical)) yield { signature: hmac(key, text), hint }
}

function* keySlips(authorization: Authorization, secret: string, canonical: string): Generator<Slip> {
  const prefix = prefixOf(authorization)
  const { keyId, timestamp } = authorization
  yield {
    signature: hmac(Buffer.from(hmac(secret, prefix), 'hex'), canonical),
    hint: 'The signing key was used as 32 raw bytes: its 64 hex digits, as a text, are the key of the second HMAC.'
  }
  yield {
    signature: hmac(secret, canonical),
    hint: 'The request was signed with the secret itself, without a signing key.'
  }
  yield {
    signature: hmac(hmac(keyId, prefix), canonical),
    hint: `The access key id was used as the secret, but the key "${keyId}" is configured with a secret of its own.`
  }
  for (const padded of [`${secret}\n`, ` ${secret}`, `${secret} `]) {
    yield {
      signature: hmac(hmac(padded, prefix), canonical),
      hint: 'The secret was used with a blank or line end around it.'
    }
  }
  for (const expiry of ['1800', '3600', '']) {
    const other = `bce-auth-v1/${keyId}/${timestamp}${expiry === '' ? '' : `/${expiry}`}`
    yield {
      signature: hmac(hmac(secret, other), canonical),
      hint: `The signing key was made from "${other}", but the Authorization header begins with "${prefix}".`
    }
  }
}

function* headerSlips(request: RawRequest, names: readonly string[], key: string): Generator<Slip> {
  const signed = (chosen: readonly string[], headers = request.headers) =>
    hmac(key, canonicalRequest({ ...request, headers }, chosen))
  const { headers } = request
  const host = headerOf(headers, 'host') ?? ''
  for (const other of otherHosts(host)) {
    yield {
      signature: signed(names, { ...headers, host: other }),
      hint: `The Host header that arrived is "${host}", but "${other}" was signed: the port belongs to it, and nothing on the way may change it.`
    }
  }
  const extra = Object.keys(headers).filter((name) => name.startsWith('x-bce-') && !names.includes(name))
  yield {
    signature: signed([...names, ...extra]),
    hint: `These headers were signed but are not in the list of signed headers: ${extra.join(', ')}.`
  }
  yield { signature: signed(signedNames('', headers)), hint: 'The default headers were signed, not those in the list.' }
  for (const name of names) {
    yield {
      signature: signed(names.filter((other) => other !== name)),
      hint: `The header "${name}" was left out when signing.`
    }
  }
  yield {
    signature: signed([...names, 'content-length'], { ...headers, 'content-length': '0' }),
    hint: 'A Content-Length of 0 was signed that did not arrive like this.'
  }
}

function otherHosts(host: string): readonly string[] {
  const bare = host.replace(/:\d+$/, '')
  const port = host.slice(bare.length)
  return [bare, `${bare}:80`, `${bare}:443`, `localhost${port}`, `127.0.0.1${port}`, 'bcc.bj.baidubce.com']
}

/** Canonical requests that are wrong in one thing. */
function* textSlips(
  request: RawRequest,
  canonical: string
): Generator<{ readonly text: string; readonly hint: string }> {
  const [method = '', path = '', query = '', ...lines] = canonical.split('\n')
  const joined = (parts: readonly string[]) => parts.join('\n')
  const { path: rawPath, query: rawQuery } = targetOf(request.url)
  yield {
    text: `${canonical}\n`,
    hint: 'The canonical request ends with a line end: it must end with its last header.'
  }
  yield { text: joined([method.toLowerCase(), path, query, ...lines]), hint: 'The method was signed in lower case.' }
  yield {
    text: joined([method, path, rawQuery, ...lines]),
    hint: 'The query was signed as it was sent: its parameters must be sorted, each written key=value and percent-encoded.'
  }
  yield { text: joined([method, path, '', ...lines]), hint: 'The query was not signed.' }
  yield { text: joined([method, path, ...lines]), hint: 'The canonical request lacks the line of its empty query.' }
  yield {
    text: joined([
      method,
      path,
      query
        .split('&')
        .filter((pair) => !pair.endsWith('='))
        .join('&'),
      ...lines
    ]),
    hint: 'A parameter without a value was left out of the signature: "?attach" is signed as "attach=".'
  }
  yield {
    text: joined([method, path, query.replace(/=(?=&|$)/g, ''), ...lines]),
    hint: 'A parameter without a value must be signed with its "=": "?attach" as "attach=".'
  }
  yield {
    text: joined([method, path, canonicalQuery(rawQuery.replaceAll('+', '%20')), ...lines]),
    hint: 'A blank in the query was sent as "+" and signed as "%20": send it as "%20", too.'
  }
  yield {
    text: joined([method, path, query.replaceAll('%20', '+'), ...lines]),
    hint: 'A blank was signed as "+", not as "%20".'
  }
  yield {
    text: joined([method, rawPath, query, ...lines]),
    hint: 'The path was signed as it was sent, not in its canonical escaping.'
  }
  yield {
    text: joined([method, path.replaceAll('/', '%2F'), query, ...lines]),
    hint: 'The slashes of the path were percent-encoded.'
  }
  yield {
    text: joined([method, path, query, ...lines.map((line) => decoded(line) ?? line)]),
    hint: 'The values of the headers were signed without percent-encoding ("host:127.0.0.1%3A8080").'
  }
  yield {
    text: joined([
      method,
      path,
      query,
      ...lines.map((line) => line.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))
    ]),
    hint: 'Percent-encoding was signed with lower-case hex digits.'
  }
  yield {
    text: joined([method, path, query, ...[...lines].reverse()]),
    hint: 'The header lines of the canonical request must be sorted.'
  }
}
