import type { World } from '../../src/client/index.ts'
import { sign } from '../signers/baidu.ts'
import { signedHeaders } from '../signers/zenlayer.ts'

export const DISK = '1700000000000000102'
export const VOLUME = 'v-Starter2'

/** A signed call of Zenlayer's, as its SDKs make it. What it is answered. */
export async function zenlayer(
  { credentials }: World,
  action: string,
  body: object,
  change: (headers: Record<string, string>) => Record<string, string> = (headers) => headers
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const { endpoint, domain, accessKeyId, accessKeyPassword } = credentials.zenlayer
  const payload = JSON.stringify(body)
  const timestampS = Math.floor(Date.now() / 1000)
  const signature = signedHeaders({
    keyId: accessKeyId,
    secret: accessKeyPassword,
    host: domain,
    body: payload,
    timestampS
  })
  const headers = change({ ...signature, 'x-zc-action': action, 'x-zc-version': '2025-09-01' })
  const response = await fetch(endpoint, { method: 'POST', headers, body: payload })
  const answer = Object(await response.json())
  return { status: response.status, body: { ...answer, ...answer.response } }
}

/** The same of Baidu's. */
export async function baidu(
  { credentials }: World,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: object
): Promise<Readonly<Record<string, unknown>>> {
  const { endpoint, ak, sk } = credentials.baidu
  const { host, pathname, searchParams } = new URL(url, endpoint)
  const timestamp = `${new Date().toISOString().slice(0, 19)}Z`
  const headers = { host, 'x-bce-date': timestamp }
  const request = { method, path: pathname, parameters: [...searchParams], headers }
  const { authorization } = sign(request, { keyId: ak, secret: sk, timestamp, habit: 'listed' })
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(new URL(url, endpoint), { method, headers: { ...headers, authorization }, ...sent })
  const text = await response.text()
  return text === '' ? {} : JSON.parse(text)
}

/** A policy on the data disk of every new world, at two in the morning. */
export async function withPolicy(world: World, name = 'nightly', retentionDays = 7): Promise<string> {
  const { body } = await zenlayer(world, 'CreateAutoSnapshotPolicy', {
    zoneId: 'asia-east-1a',
    autoSnapshotPolicyName: name,
    repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
    hours: [2],
    retentionDays
  })
  const autoSnapshotPolicyId = String(body.autoSnapshotPolicyId)
  await zenlayer(world, 'ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [DISK] })
  return autoSnapshotPolicyId
}
