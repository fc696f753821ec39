import { describe, expect, test } from 'vitest'
import { ApiError, type Keyring, type RawRequest } from '../../../../src/providers/provider.ts'
import { identify } from '../../../../src/providers/zenlayer/protocol/identify.ts'
import { signedHeaders, type ToSign } from '../../../signers/zenlayer.ts'

describe('2.3: a signed request that is refused for its form shows the canonical forms, too', () => {
  const keys: Keyring = {
    mode: 'strict',
    secrets: [],
    secretOf: (id) => (id === 'known' ? 'secret' : undefined),
    worldOf: (id) => id,
    worldOfBearer: () => undefined
  }
  const toSign = { keyId: 'known', secret: 'secret', host: 'h:1', body: '{}', timestampS: 1_767_225_600 }
  const signed = (change: Partial<ToSign>, headers: Record<string, string | undefined> = {}): RawRequest => ({
    method: 'POST',
    url: '/api/v2/zec',
    headers: { ...signedHeaders({ ...toSign, ...change }), ...headers },
    body: Buffer.from('{}')
  })
  const unsigned = 'ZC2-HMAC-SHA256 Credential=known, SignedHeaders=host, Signature=00'
  test.for([
    ['an unknown key', signed({ keyId: 'unknown' }), 'content-type:application/json\nhost:h:1', '1767225600'],
    ['no timestamp', signed({}, { 'x-zc-timestamp': undefined }), 'content-type:application/json\nhost:h:1', ''],
    ['another method', signed({}, { 'x-zc-signature-method': 'TC3' }), 'host:h:1', '1767225600'],
    ['an unsigned content type', signed({}, { authorization: unsigned }), 'POST\n/\n\nhost:h:1\n', '1767225600']
  ] as const)('%s', ([, request, part, timestamp]) => {
    try {
      identify(request, keys, 1_767_225_600_000)
      expect.unreachable('accepted')
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      expect(error.code).toBe('AUTHFAILURE_INVALID_AUTHORIZATION')
      expect(error.why.canonicalRequest).toContain(part)
      expect(error.why.stringToSign).toMatch(new RegExp(`^ZC2-HMAC-SHA256\n${timestamp}\n[0-9a-f]{64}$`))
    }
  })
})
