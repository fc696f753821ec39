import { hash } from 'node:crypto'
import { HIDDEN, type Recorded } from '../../recorded.ts'
import { headerOf, trimmed } from '../../wire/headers.ts'
import { hmac } from '../../wire/hmac.ts'
import { canonical, METHOD } from './canonical.ts'
import { claimOf } from './identify.ts'

/** What who records calls to Zenlayer must know of it. */
export const recorded: Recorded = {
  isOwnHost: (host) => host === 'zenlayer.com' || host.endsWith('.zenlayer.com'),
  // Cloud: 64-bit numbers, of 18 digits before 2021 (zenlayer.md 1.9).
  ids: [/(?<![\w.])(?<id>\d{18,19})(?![\w.])/],
  signAgain({ url, headers, body }, { keyId, secret }) {
    const claim = claimOf(headers)
    if (claim.kind !== 'signed' || !claim.names.includes('host')) return undefined
    const { stringToSign } = canonical({
      method: 'POST',
      path: '/', // Cloud: always "/", not the real path, zenlayer.md 2.1
      query: '',
      headers: claim.names.map((name) => [name, trimmed(headerOf(headers, name) ?? '')] as const),
      signedHeaders: claim.signedHeaders,
      bodyHash: hash('sha256', body, 'hex'),
      timestamp: trimmed(headerOf(headers, 'x-zc-timestamp') ?? ''),
      algorithm: METHOD
    })
    const authorization = (headers.authorization ?? '')
      .replace(/Credential=[^,]*/, () => `Credential=${keyId}`)
      .replace(/Signature=.*$/, () => `Signature=${hmac(secret, stringToSign)}`)
    return { url, headers: { authorization } }
  },
  withoutSecrets(authorization) {
    const signed = /^(ZC2-HMAC[-_]SHA256 Credential=)[^,\s]+(, *SignedHeaders=[\w;-]+, *Signature=)\S+$/.exec(
      authorization
    )
    if (signed) return `${signed[1]}${HIDDEN}${signed[2]}${HIDDEN}`
    return authorization.startsWith('Bearer ') ? `Bearer ${HIDDEN}` : HIDDEN
  }
}
