import { connect, type Socket } from 'node:net'

/** So many clients at a time, each with one connection that stays. */
const CONNECTIONS = 4

/** One call, and the body of its answer. */
export async function ask(port: number, request: Buffer): Promise<string> {
  return line(port, request, 1)
}

/**
 * Sends the same bytes again and again, each client its next call when the last one is answered. Written for this: what a
 * client of HTTP does besides would be most of what is measured. Throws at the first answer that is not 200.
 */
export async function send(port: number, request: Buffer, count: number, connections = CONNECTIONS): Promise<void> {
  await Promise.all(
    Array.from({ length: connections }, () => line(port, request, Math.max(1, Math.round(count / connections))))
  )
}

function line(port: number, request: Buffer, count: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let left = count
    let answer = ''
    const dial = () => {
      const socket: Socket = connect(port, '127.0.0.1', () => socket.write(request))
      socket.setNoDelay()
      socket.on('error', reject)
      socket.on('close', () => {
        if (left > 0) reject(new Error(`the connection was closed with ${left} calls to go`))
      })
      socket.on('data', (chunk) => {
        answer += chunk.toString('latin1')
        if (isWhole(answer)) take(socket)
      })
    }
    const take = (socket: Socket) => {
      const whole = answer
      answer = ''
      if (!/^HTTP\/1\.1 20\d/.test(whole)) {
        reject(new Error(whole.slice(0, 500)))
        socket.destroy()
      } else if (--left === 0) {
        resolve(whole.slice(whole.indexOf('\r\n\r\n') + 4))
        socket.end()
      } else if (/\r\nconnection: *close\r\n/i.test(whole)) {
        // Some servers end the connection with each answer.
        socket
          .removeAllListeners()
          .on('error', () => {})
          .destroy()
        dial()
      } else socket.write(request)
    }
    dial()
  })
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n')
  if (head === -1) return false
  const length = /\r\ncontent-length: *(\d+)/i.exec(answer.slice(0, head + 2))?.[1]
  if (length !== undefined) return answer.length >= head + 4 + Number(length)
  return !/\r\ntransfer-encoding: *chunked/i.test(answer.slice(0, head + 2)) || answer.endsWith('0\r\n\r\n')
}

/** The bytes of a request. */
export function bytesOf(method: string, path: string, headers: Readonly<Record<string, string>>, body = ''): Buffer {
  const lines = Object.entries({ ...headers, connection: 'keep-alive', 'content-length': Buffer.byteLength(body) })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head}\r\n${body}`)
}
