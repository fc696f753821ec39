import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'

export const NO_BODY = Buffer.alloc(0)

/** A body that was not read to its end, and why. */
export class BodyUnread extends Error {
  readonly reason: 'too-large' | 'not-http' | 'gone' | 'encoding'
  constructor(reason: BodyUnread['reason'], message = `the body was not read: ${reason}`) {
    super(message)
    this.reason = reason
  }
}

/**
 * The bytes of a body, whatever its type is called and whether its method usually has one. Throws `BodyUnread`; what is
 * left of a body that is too large Node reads and drops, so that the client gets its answer.
 */
export function bodyOf(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const announced = request.headers['content-length']
  if (announced === undefined && request.headers['transfer-encoding'] === undefined) return Promise.resolve(NO_BODY)
  if (Number(announced) > bytesMax) return Promise.reject(new BodyUnread('too-large'))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    let isOver = false
    const fail = (reason: BodyUnread['reason']) => {
      isOver = true
      reject(new BodyUnread(reason))
    }
    // Who no longer cares goes on listening: that is cheaper than to leave. What breaks a request also closes it.
    request
      .on('data', (chunk: Buffer) => {
        if (isOver) return
        bytes += chunk.length
        if (bytes > bytesMax) fail('too-large')
        else chunks.push(chunk)
      })
      .on('end', () => {
        if (isOver) return
        if (announced !== undefined && Number(announced) !== bytes) {
          fail('not-http')
          return
        }
        isOver = true
        resolve(chunks.length === 1 ? (chunks[0] ?? NO_BODY) : Buffer.concat(chunks))
      })
      .on('close', () => {
        if (!isOver) fail('gone')
      })
  })
}

const inflaters = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress)
}
const inflatedRaw = promisify(inflateRaw)
/** What a body may be encoded with. */
export const ENCODINGS = 'gzip, deflate, br'

/** The bytes that an encoded body stands for. It may be a bomb: what grows beyond the limit is not read on. */
export async function decodedBody(body: Buffer, encoding: string | undefined, bytesMax: number): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? ''
  if (body.length === 0 || name === '' || name === 'identity') return body
  if (!isKnown(name)) throw unread(`The body's Content-Encoding is ${name.slice(0, 100)}; known are ${ENCODINGS}.`)
  // Some send what deflate compresses as it is, without the header that this encoding has.
  const inflated = name === 'deflate' && !hasZlibHeader(body) ? inflatedRaw : inflaters[name]
  try {
    return await inflated(body, { maxOutputLength: bytesMax })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new BodyUnread('too-large')
    }
    const why = error instanceof Error ? error.message : 'it cannot be decoded'
    throw unread(`The body is not what its Content-Encoding, ${name}, says: ${why}.`)
  }
}

function isKnown(name: string): name is keyof typeof inflaters {
  return Object.hasOwn(inflaters, name)
}

function hasZlibHeader(body: Buffer): boolean {
  return ((body[0] ?? 0) & 0x0f) === 8 && body.length > 1 && body.readUInt16BE(0) % 31 === 0
}

function unread(message: string): BodyUnread {
  return new BodyUnread('encoding', message)
}
