import { bytesOf, NO_BODY, type Request } from '../requests/request.ts'
import { type CloudName, signedBy } from '../requests/signing.ts'
import { type Answer, connectionTo } from './connection.ts'

/** An answer that is no success where one was needed. */
export class Refused extends Error {}

/** Right calls, signed by a key that is its own secret, one after the other. Throws `Refused`, or `Unanswered`. */
export interface Client {
  zenlayer(key: string, action: string, body?: object): Promise<object>
  baidu(key: string, method: string, target: string, body?: object): Promise<object>
  /** `target` without `/_snapstand`; a text is sent as it is. */
  control(method: string, target: string, body?: object | string): Promise<Answer>
  close(): void
}

export function clientOf(port: number): Client {
  const connection = connectionTo(port)
  const host = `127.0.0.1:${port}`
  const sent = async (request: Request): Promise<Answer> => {
    const answer = await connection.send(bytesOf(request, host), request.method)
    if (answer.status < 300) return answer
    const said = answer.body.toString('utf8', 0, 300)
    const hint = decodeURIComponent(answer.headers['x-snapstand-hint'] ?? '')
    throw new Refused(`${request.method} ${request.path}: ${answer.status} ${said}${hint && ` (${hint})`}`)
  }
  const signed = (key: string, cloud: CloudName, request: Request) =>
    sent(signedBy(key, cloud, request, host) ?? request)
  return {
    async zenlayer(key, action, body = {}) {
      const headers = { 'content-type': 'application/json', 'x-zc-action': action, 'x-zc-version': '2025-09-01' }
      const request = { method: 'POST', path: '/api/v2/zec', query: [], headers, body: jsonOf(body) }
      return Object(Reflect.get(jsonIn(await signed(key, 'zenlayer', request)), 'response'))
    },
    async baidu(key, method, target, body) {
      const headers = { 'content-type': 'application/json' }
      const request = { method, ...partsOf(target), headers, body: body === undefined ? NO_BODY : jsonOf(body) }
      return jsonIn(await signed(key, 'baidu', request))
    },
    control(method, target, body) {
      const bytes = body === undefined ? NO_BODY : typeof body === 'string' ? Buffer.from(body) : jsonOf(body)
      return sent({ method, ...partsOf(`/_snapstand${target}`), headers: {}, body: bytes })
    },
    close: connection.close
  }
}

function partsOf(target: string): Pick<Request, 'path' | 'query'> {
  const [path = '', query = ''] = target.split('?')
  const pairs =
    query === ''
      ? []
      : query.split('&').map((pair): [string, string?] => {
          const [name = '', value] = pair.split('=')
          return value === undefined ? [name] : [name, value]
        })
  return { path, query: pairs }
}

function jsonOf(value: object): Buffer {
  return Buffer.from(JSON.stringify(value))
}

/** No body is an empty object. */
export function jsonIn({ body }: Answer): object {
  return body.length === 0 ? {} : Object(JSON.parse(body.toString()))
}
