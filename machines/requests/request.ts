/** A request before it becomes bytes: its parts can be changed one by one. */
export interface Request {
  readonly method: string
  /** As it is sent, without the query. */
  readonly path: string
  /** Names and values as they are sent; no value: `attach`. */
  readonly query: readonly (readonly [name: string, value?: string])[]
  /** Names in lower case. Without `host` and `content-length`, which all have. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export const NO_BODY = Buffer.alloc(0)

export function targetOf({ path, query }: Pick<Request, 'path' | 'query'>): string {
  const pairs = query.map(([name, value]) => (value === undefined ? name : `${name}=${value}`))
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

export function bytesOf(request: Request, host: string): Buffer {
  const { method, headers, body } = request
  const lines = [`${method} ${targetOf(request)} HTTP/1.1`, `host: ${host}`]
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  if (body.length > 0) lines.push(`content-length: ${body.length}`)
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  return body.length === 0 ? head : Buffer.concat([head, body])
}

/** A request as a shell sends it again; undefined where a line can't show it. */
export function curlOf(request: Request, host: string): string | undefined {
  const { method, headers, body } = request
  const text = body.toString()
  const target = targetOf(request)
  const isPlain = [target, text, ...Object.values(headers)].every((part) => !UNTOLD.test(part))
  if (!isPlain) return undefined
  const sent = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)
  const data = body.length === 0 ? [] : [`--data-raw ${quoted(text)}`]
  return ['curl -sS -i -g', `-X ${method}`, ...sent, ...data, quoted(`http://${host}${target}`)].join(' ')
}

/** What a line of a shell can't show: control characters, and bytes that are no text. */
const UNTOLD = /[^\P{Cc}\t\n]|\ufffd/u

/** A part of a path or a query; half an emoji can't be percent-encoded. */
export function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
}

/** One word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
