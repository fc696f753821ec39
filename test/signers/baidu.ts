/**
 * An independent signer for bce-auth-v1, written from spec/baidu.md 2.1 to 2.4 alone: it shares no code with src/, and
 * works from parameters and header pairs, not from bytes of a request.
 */
import { createHmac } from 'node:crypto'

export interface Unsigned {
  readonly method: string
  /** Decoded. */
  readonly path: string
  /** Decoded pairs; no value: `attach`. */
  readonly parameters: readonly (readonly [key: string, value?: string])[]
  readonly headers: Readonly<Record<string, string>>
}

/** `listed`: all that are there; `empty`: no list, the default set; `host`: only that. Or the names themselves. */
export type Habit = 'listed' | 'empty' | 'host' | readonly string[]

export interface Signing {
  readonly keyId: string
  readonly secret: string
  /** `YYYY-MM-DDThh:mm:ssZ` */
  readonly timestamp: string
  readonly expiry?: number | string
  readonly habit: Habit
}

export interface Signed {
  readonly authorization: string
  readonly signature: string
  readonly signingKey: string
  readonly canonicalRequest: string
}

const SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'

export function uriEncode(text: string, keep = ''): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const one = String.fromCodePoint(byte)
      return SAFE.includes(one) || keep.includes(one)
        ? one
        : `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`
    })
    .join('')
}

export function sign(request: Unsigned, { keyId, secret, timestamp, expiry = 1800, habit }: Signing): Signed {
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]))
  const names = namesOf([...headers.keys()], habit)
  const lines = names.flatMap((name) => {
    const value = headers.get(name)
    return value ? [`${uriEncode(name)}:${uriEncode(value)}`] : []
  })
  const pairs = request.parameters
    .filter(([key]) => key.toLowerCase() !== 'authorization')
    .map(([key, value = '']) => `${uriEncode(key)}=${uriEncode(value)}`)
  const path = uriEncode(request.path, '/')
  const canonicalRequest = `${request.method.toUpperCase()}\n${path.startsWith('/') ? path : `/${path}`}\n${sorted(pairs).join('&')}\n${sorted(lines).join('\n')}`
  const prefix = ['bce-auth-v1', keyId, timestamp, expiry].join('/')
  const signingKey = createHmac('sha256', secret).update(prefix, 'utf8').digest('hex')
  const signature = createHmac('sha256', signingKey).update(canonicalRequest, 'utf8').digest('hex')
  const list = habit === 'empty' ? '' : names.join(';')
  return { authorization: `${prefix}/${list}/${signature}`, signature, signingKey, canonicalRequest }
}

function namesOf(present: readonly string[], habit: Habit): readonly string[] {
  const signable = present.filter(
    (name) => ['host', 'content-length', 'content-type', 'content-md5'].includes(name) || name.startsWith('x-bce-')
  )
  if (habit === 'host') return ['host']
  if (habit === 'empty') return signable
  return habit === 'listed' ? sorted(signable) : habit
}

/** Bytewise. */
function sorted(texts: readonly string[]): string[] {
  return [...texts].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
}
