import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends bytes as they are, in as many writes as there are parts, and reads until so many answers are there. */
export function send(port: number, count: number, ...parts: readonly (string | Buffer)[]): Promise<RawAnswer[]> {
  const method = /^[A-Z]+/.exec(String(parts[0]))?.[0]
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1' })
    const answers = () => answersIn(Buffer.concat(chunks).toString('latin1'), method)
    const finish = () => {
      socket.destroy()
      resolve(answers())
    }
    socket.on('connect', async () => {
      for (const part of parts) {
        if (!socket.writable) return
        socket.write(part)
        if (parts.length > 1) await new Promise((next) => setTimeout(next, 20))
      }
    })
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      // One that is too many is noticed when it follows within a moment.
      if (answers().length >= count) socket.setTimeout(10)
    })
    socket.setTimeout(5000)
    socket.on('timeout', finish)
    socket.on('end', finish)
    socket.on('error', (error) => (chunks.length > 0 ? finish() : reject(error)))
  })
}

/** The whole answers in what a server sent on one connection, in their order. */
export function answersIn(text: string, method?: string): RawAnswer[] {
  const answers: RawAnswer[] = []
  let rest = text
  for (;;) {
    const end = rest.indexOf('\r\n\r\n')
    if (end === -1) return answers
    const [line = '', ...lines] = rest.slice(0, end).split('\r\n')
    const headers = Object.fromEntries(
      lines.map((header) => {
        const colon = header.indexOf(':')
        return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()]
      })
    )
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1])
    const length = method === 'HEAD' || status === 100 ? 0 : Number(headers['content-length'])
    if (rest.length < end + 4 + length) return answers
    const body = Buffer.from(rest.slice(end + 4, end + 4 + length), 'latin1').toString()
    if (status !== 100) answers.push({ status, headers, body })
    rest = rest.slice(end + 4 + length)
  }
}

/** The one answer to one request. */
export async function ask(port: number, ...parts: readonly (string | Buffer)[]): Promise<RawAnswer> {
  const answers = await send(port, 1, ...parts)
  const [answer] = answers
  if (!answer || answers.length !== 1) throw new Error(`${answers.length} answers`)
  return answer
}

/** A request's bytes; a body gets its Content-Length unless `headers` say otherwise. */
export function bytes(
  method: string,
  url: string,
  headers: Readonly<Record<string, string | undefined>> = {},
  body = ''
): string {
  const all: Readonly<Record<string, string | undefined>> = {
    host: '127.0.0.1:7420',
    ...(body !== '' && { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers
  }
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
  return `${method} ${url} HTTP/1.1\r\n${[...lines, '', ''].join('\r\n')}${body}`
}
