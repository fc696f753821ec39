import type { IncomingMessage } from 'node:http'

export const NO_BODY = Buffer.alloc(0)

/** A body that was not read to its end, and why. */
export class BodyUnread extends Error {
  readonly reason: 'too-large' | 'not-http' | 'gone'
  constructor(reason: BodyUnread['reason']) {
    super(`the body was not read: ${reason}`)
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
    const end = (settle: () => void) => {
      request.off('data', take).off('end', done).off('error', gone).off('close', gone)
      settle()
    }
    const take = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > bytesMax) {
        end(() => reject(new BodyUnread('too-large')))
        request.resume()
      } else chunks.push(chunk)
    }
    const done = () => {
      const isWhole = announced === undefined || Number(announced) === bytes
      end(isWhole ? () => resolve(chunks.length === 1 ? (chunks[0] ?? NO_BODY) : Buffer.concat(chunks)) : lost)
    }
    const lost = () => reject(new BodyUnread('not-http'))
    const gone = () => end(() => reject(new BodyUnread('gone')))
    request.on('data', take).on('end', done).on('error', gone).on('close', gone)
  })
}
