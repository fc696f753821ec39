import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { sign } from '../signers/baidu.ts'
import { signedHeaders } from '../signers/zenlayer.ts'

type Members = Readonly<Record<string, unknown>>

/** Calls as clients of the clouds make them. What is no success throws, with the answer and its hint. */
export interface Client {
  zenlayer(key: string, action: string, body?: object, secret?: string): Promise<Members>
  bearer(token: string, action: string): Promise<Members>
  unsigned(action: string): Promise<Members>
  baidu(key: string, method: string, path: string, body?: object): Promise<Members>
}

export function clientFor(base: string): Client {
  const { host } = new URL(base)
  const action = (name: string) => ({ 'x-zc-action': name, 'x-zc-version': '2025-09-01' })
  const ask = async (method: string, path: string, headers: Headers, body = ''): Promise<Members> => {
    const answer = await send(`${base}${path}`, method, headers, body)
    if (answer.status >= 300) throw new Error(`${answer.status} ${answer.body} ${answer.hint}`)
    return answer.body === '' ? {} : { ...JSON.parse(answer.body) }
  }
  const zec = async (headers: Headers, body: string) => {
    const { response } = await ask('POST', '/api/v2/zec', headers, body)
    return { ...Object(response) }
  }
  return {
    zenlayer(key, name, body = {}, secret = key) {
      const text = JSON.stringify(body)
      const timestampS = Math.floor(Date.now() / 1000)
      return zec({ ...signedHeaders({ keyId: key, secret, host, body: text, timestampS }), ...action(name) }, text)
    },
    bearer: (token, name) => zec({ ...TYPED, authorization: `Bearer ${token}`, ...action(name) }, '{}'),
    unsigned: (name) => zec({ ...TYPED, ...action(name) }, '{}'),
    baidu(key, method, path, body) {
      const timestamp = `${new Date().toISOString().slice(0, 19)}Z`
      const named = { host, 'x-bce-date': timestamp }
      const { pathname, searchParams } = new URL(path, base)
      const signing = { keyId: key, secret: key, timestamp, habit: 'listed' } as const
      const { authorization } = sign({ method, path: pathname, parameters: [...searchParams], headers: named }, signing)
      const bytes = Buffer.from(authorization).toString('latin1')
      return ask(method, path, { ...TYPED, ...named, authorization: bytes }, body && JSON.stringify(body))
    }
  }
}

/** The status of a GET. */
export async function statusOf(url: string, ca?: string): Promise<number> {
  return (await send(url, 'GET', {}, '', ca)).status
}

type Headers = Readonly<Record<string, string>>
const TYPED = { 'content-type': 'application/json' }

interface Answered {
  readonly status: number
  readonly body: string
  readonly hint: string
}

function send(url: string, method: string, headers: Headers, body: string, ca?: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    const options = {
      method,
      headers: { ...headers, ...length },
      agent: false,
      ...(ca !== undefined && { ca })
    } as const
    const sent = (url.startsWith('https:') ? secureRequest : request)(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const hint = decodeURIComponent(String(response.headers['x-snapstand-hint'] ?? ''))
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), hint })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
