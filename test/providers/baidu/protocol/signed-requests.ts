import { identify } from '../../../../src/providers/baidu/protocol/identify.ts'
import { ApiError, type AuthMode, type Keyring, type RawRequest } from '../../../../src/providers/provider.ts'
import { type Signing, sign, type Unsigned, uriEncode } from '../../../signers/baidu.ts'

export const STAMP = '2026-03-01T12:00:00Z'
export const NOW = Date.parse(STAMP)

/** The key `shared` names the world `team`, every other itself. */
export function keyring(mode: AuthMode, secrets: Readonly<Record<string, string>> = {}): Keyring {
  return {
    mode,
    secrets: [],
    secretOf: (keyId) => (Object.hasOwn(secrets, keyId) ? secrets[keyId] : undefined),
    worldOf: (keyId) => (keyId === 'shared' ? 'team' : keyId),
    worldOfBearer: () => undefined
  }
}

export function raw(method: string, url: string, headers: Readonly<Record<string, string>>, body = ''): RawRequest {
  return { method, url, headers, body: Buffer.from(body) }
}

/** A request on the wire, signed at STAMP by `test` unless said otherwise. */
export function signedRequest(
  unsigned: Unsigned,
  signing: Partial<Signing> = {},
  extra: Readonly<Record<string, string>> = {}
): RawRequest {
  const { authorization } = sign(unsigned, {
    keyId: 'test',
    secret: 'test',
    timestamp: STAMP,
    habit: 'listed',
    ...signing
  })
  return raw(unsigned.method, urlOf(unsigned), { ...unsigned.headers, authorization, ...extra })
}

export function urlOf({ path, parameters }: Pick<Unsigned, 'path' | 'parameters'>): string {
  const query = parameters.map(([key, value]) => uriEncode(key) + (value === undefined ? '' : `=${uriEncode(value)}`))
  return uriEncode(path, '/') + (query.length > 0 ? `?${query.join('&')}` : '')
}

/** The refusal of a request that must fail. */
export function refusalOf(request: RawRequest, keys: Keyring, now = NOW): ApiError {
  try {
    identify(request, keys, now)
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error(`accepted: ${request.method} ${request.url} ${JSON.stringify(request.headers)}`)
}
