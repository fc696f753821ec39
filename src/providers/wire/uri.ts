/** A request's target, taken apart but not decoded. */
export interface Target {
  readonly path: string
  /** Without the `?`; empty where there is none. */
  readonly query: string
}

/** The absolute form (`GET http://host/v2/asp`) is as good as the usual one. */
export function targetOf(url: string): Target {
  const local = url.startsWith('/') ? url : url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  const mark = local.indexOf('?')
  const path = mark === -1 ? local : local.slice(0, mark)
  return { path: path === '' ? '/' : path, query: mark === -1 ? '' : local.slice(mark + 1) }
}

/** `//v2/asp` is the path of a client whose endpoint ends in a slash (`http://127.0.0.1:7420/`): `/v2/asp` is meant. */
export function withoutEndpointSlash(path: string): string {
  if (!path.startsWith('//')) return path
  let slashes = 2
  while (path[slashes] === '/') slashes++
  return path.slice(slashes - 1)
}

/**
 * Bytes of a text out of a request line or header. Node hands such bytes on one by one (latin-1), so what a client wrote
 * as raw UTF-8 is UTF-8 again here. Wider characters cannot come over a wire, only from a test that injects them.
 */
export function bytesOf(text: string): Buffer {
  return Buffer.from(text, /[\u0100-\uffff]/.test(text) ? 'utf8' : 'latin1')
}

const PERCENT = 0x25

/** `%XX` resolved, all else as it came; undefined where a `%` is not followed by two hex digits. */
export function percentDecoded(text: string): Buffer | undefined {
  const raw = bytesOf(text)
  if (!raw.includes(PERCENT)) return raw
  const decoded = Buffer.alloc(raw.length)
  let length = 0
  for (let i = 0; i < raw.length; i++) {
    let byte = raw[i] ?? 0
    if (byte === PERCENT) {
      const digits = raw.toString('latin1', i + 1, i + 3)
      if (!/^[0-9A-Fa-f]{2}$/.test(digits)) return undefined
      byte = Number.parseInt(digits, 16)
      i += 2
    }
    decoded[length++] = byte
  }
  return decoded.subarray(0, length)
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text that a percent-encoded text stands for, or undefined if it stands for none. */
export function decoded(text: string): string | undefined {
  if (/^[\0-$&-\x7f]*$/.test(text)) return text
  const bytes = percentDecoded(text)
  if (!bytes) return undefined
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** The decoded segments of a path, its leading slash dropped; undefined where it cannot be decoded. */
export function segmentsOf(path: string): readonly string[] | undefined {
  const segments: string[] = []
  for (const raw of path.slice(path.startsWith('/') ? 1 : 0).split('/')) {
    const segment = decoded(raw)
    if (segment === undefined) return undefined
    segments.push(segment)
  }
  return segments
}

export interface Parameter {
  /** As received. */
  readonly key: string
  readonly value: string
}

/** The parameters of a query as received, in order; `attach` and `attach=` are the same. */
export function parametersOf(query: string): readonly Parameter[] {
  const parameters: Parameter[] = []
  for (const piece of query.split('&')) {
    if (piece === '') continue
    const mark = piece.indexOf('=')
    parameters.push(
      mark === -1 ? { key: piece, value: '' } : { key: piece.slice(0, mark), value: piece.slice(mark + 1) }
    )
  }
  return parameters
}

/** The parameters as a form writes them, where `+` is a blank. Of a repeated key the last value counts. */
export function formValues(query: string): Readonly<Record<string, string>> {
  const plain = (text: string) => {
    const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
    return decoded(spaced) ?? spaced
  }
  return query === ''
    ? NO_VALUES
    : Object.fromEntries(parametersOf(query).map(({ key, value }) => [plain(key), plain(value)]))
}
const NO_VALUES = {}

const UNRESERVED = /[A-Za-z0-9\-._~]/

/** `UriEncode` of one byte: upper-case hex, and only what RFC 3986 calls unreserved stays. */
const ENCODED: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte)
  return UNRESERVED.test(character) ? character : percent(byte)
})

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

/** `UriEncode` of baidu.md 2.2, over bytes. */
export function uriEncode(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += ENCODED[byte] ?? ''
  return text
}
