import { signedHeaders } from '../../build/signed-call.ts'
import { sign } from '../../test/signers/baidu.ts'
import { bytesOf } from './load.ts'

const KEY = 'bench'
/** What every world begins with. */
export const ZENLAYER_DISK = '1700000000000000102'

/** A signed call of Zenlayer. */
export function zenlayerCall(port: number, action: string, body: object): Buffer {
  const host = `127.0.0.1:${port}`
  const text = JSON.stringify(body)
  return bytesOf('POST', '/api/v2/zec', signedHeaders(KEY, host, action, text), text)
}

/** A signed call of Baidu. */
export function baiduCall(port: number, method: string, path: string, body?: object): Buffer {
  const host = `127.0.0.1:${port}`
  const text = body === undefined ? '' : JSON.stringify(body)
  const timestamp = `${new Date().toISOString().slice(0, 19)}Z`
  const headers = { host, 'content-type': 'application/json;charset=utf-8', 'x-bce-date': timestamp }
  const { authorization } = sign(
    { method, path, parameters: [], headers },
    { keyId: KEY, secret: KEY, timestamp, habit: 'listed' }
  )
  return bytesOf(method, path, { ...headers, authorization }, text)
}
