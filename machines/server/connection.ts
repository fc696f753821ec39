import { connect, type Socket } from 'node:net'

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number
  /** Names in lower case; several of one name with a comma between them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The connection ended, or nothing came for long, before the answer was whole. */
export class Unanswered extends Error {}

const PATIENCE_MS = 60_000
const NOTHING = Buffer.alloc(0)

/** One keep-alive connection that carries one request at a time, and is made anew whenever the server closes it. */
export interface Connection {
  /** Sends the bytes of one request and reads its answer. Throws `Unanswered`. */
  send(bytes: Buffer, method: string): Promise<Answer>
  close(): void
}

export function connectionTo(port: number): Connection {
  let socket: Socket | undefined
  let received = NOTHING
  let waiting: { method: string; resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined

  const give = () => {
    if (!waiting) return
    const parsed = answerIn(received, waiting.method)
    if (!parsed) return
    received = received.subarray(parsed.length)
    const { resolve } = waiting
    waiting = undefined
    if (parsed.answer.headers.connection === 'close') drop()
    resolve(parsed.answer)
  }
  const drop = () => {
    socket?.destroy()
    socket = undefined
    received = NOTHING
  }
  const lost = (why: string) => {
    const seen = received.toString('latin1', 0, 200)
    drop()
    const { reject } = waiting ?? {}
    waiting = undefined
    reject?.(new Unanswered(`${why}; before it came ${JSON.stringify(seen)}`))
  }
  const opened = (): Socket => {
    if (socket && !socket.destroyed && socket.writable) return socket
    drop()
    const own = connect({ port, host: '127.0.0.1', noDelay: true })
    own.on('data', (chunk) => {
      if (own !== socket) return
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      give()
    })
    own.on('close', () => own === socket && lost('the connection was closed'))
    own.on('error', (error) => own === socket && lost(error.message))
    own.setTimeout(PATIENCE_MS, () => own === socket && lost(`nothing came for ${PATIENCE_MS} ms`))
    socket = own
    return own
  }
  return {
    send: (bytes, method) =>
      new Promise((resolve, reject) => {
        const own = opened()
        waiting = { method, resolve, reject }
        own.write(bytes)
      }),
    close: drop
  }
}

/** All answers to these bytes on a connection of their own, which the client ends after them, at once or later. */
export function exchange(port: number, bytes: Buffer, afterMs = 0): Promise<readonly Answer[]> {
  const method = /^[A-Z]+/.exec(bytes.toString('latin1', 0, 20))?.[0] ?? ''
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
      socket.write(bytes)
      if (afterMs === 0) socket.end()
      else setTimeout(() => socket.end(), afterMs)
    })
    const finish = () => {
      const answers: Answer[] = []
      let rest: Buffer = Buffer.concat(chunks)
      for (let found = answerIn(rest, method); found; found = answerIn(rest, method)) {
        answers.push(found.answer)
        rest = rest.subarray(found.length)
      }
      if (rest.length > 0) reject(new Unanswered(`half an answer: ${JSON.stringify(rest.toString('latin1', 0, 200))}`))
      else resolve(answers)
    }
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.once('close', finish)
    // What was answered before the connection broke is in the chunks.
    socket.on('error', () => {})
    socket.setTimeout(PATIENCE_MS, () => {
      reject(new Unanswered(`the connection was left open for ${PATIENCE_MS} ms`))
      socket.destroy()
    })
  })
}

/** The first whole answer in these bytes, and its length. */
function answerIn(bytes: Buffer, method: string): { readonly answer: Answer; readonly length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [line = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1])
  const start = end + 4
  // An interim answer: the real one follows.
  if (status === 100) {
    const found = answerIn(bytes.subarray(start), method)
    return found && { answer: found.answer, length: start + found.length }
  }
  const headers: Record<string, string> = {}
  for (const header of lines) {
    const colon = header.indexOf(':')
    const name = header.slice(0, colon).toLowerCase()
    const value = header.slice(colon + 1).trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  if (method === 'HEAD' || status === 204 || status === 304) {
    return { answer: { status, headers, body: NOTHING }, length: start }
  }
  if (headers['transfer-encoding'] === 'chunked') {
    const body = chunked(bytes, start)
    return body && { answer: { status, headers, body: body.body }, length: body.end }
  }
  const length = start + Number(headers['content-length'] ?? 0)
  return bytes.length < length
    ? undefined
    : { answer: { status, headers, body: bytes.subarray(start, length) }, length }
}

function chunked(bytes: Buffer, from: number): { readonly body: Buffer; readonly end: number } | undefined {
  const parts: Buffer[] = []
  let at = from
  for (;;) {
    const line = bytes.indexOf('\r\n', at)
    if (line === -1) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    const end = line + 2 + size + 2
    if (!(bytes.length >= end)) return undefined
    if (size === 0) return { body: Buffer.concat(parts), end }
    parts.push(bytes.subarray(line + 2, end - 2))
    at = end
  }
}
