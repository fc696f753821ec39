import { sign } from '../../test/signers/baidu.ts'
import { signedHeaders } from '../../test/signers/zenlayer.ts'
import type { Request } from './request.ts'

export type CloudName = 'zenlayer' | 'baidu'

/** A request signed by a key that is its own secret; undefined where its path or query can't be signed. */
export function signedBy(key: string, cloud: CloudName, request: Request, host: string): Request | undefined {
  const headers = cloud === 'zenlayer' ? zenlayer(key, request, host) : baidu(key, request, host)
  return headers && { ...request, headers: { ...request.headers, ...headers } }
}

function zenlayer(key: string, { headers, body }: Request, host: string): Readonly<Record<string, string>> {
  const contentType = headers['content-type'] ?? 'application/json'
  const timestampS = Math.floor(Date.now() / 1000)
  const { host: _host, ...signed } = signedHeaders({ keyId: key, secret: key, host, body, timestampS, contentType })
  return signed
}

function baidu(key: string, { method, path, query }: Request, host: string) {
  const timestamp = `${new Date().toISOString().slice(0, 19)}Z`
  const all = { host, 'x-bce-date': timestamp }
  try {
    const parameters = query.map(([name, value]) => [decoded(name), decoded(value ?? '')] as const)
    const unsigned = { method, path: decodeURIComponent(path), parameters, headers: all }
    const { authorization } = sign(unsigned, { keyId: key, secret: key, timestamp, habit: ['host', 'x-bce-date'] })
    return { 'x-bce-date': timestamp, authorization }
  } catch {
    return undefined
  }
}

/** A plus is a plus here: the canonical form knows nothing of forms. */
function decoded(text: string): string {
  return decodeURIComponent(text)
}
