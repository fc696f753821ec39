import { Agent, type OutgoingHttpHeaders, request } from 'node:http'
import type { Section } from '../../../src/providers/baidu/seed/schema.ts'
import { rowsOf } from '../../core/rows.ts'
import { type StartOptions, start } from '../../harness.ts'

/** Where the clock of a test's worlds stands. */
export const START = '2026-01-05T08:00:00Z'

/** Things of every kind, in states of most kinds, with ids that tests can name. */
export const THINGS: Section = {
  zones: ['cn-bj-a', 'cn-bj-e'],
  instances: [
    { id: 'i-running0', zoneName: 'cn-bj-a', systemVolume: { id: 'v-system00' } },
    { id: 'i-other000', zoneName: 'cn-bj-e' },
    { id: 'i-starting', zoneName: 'cn-bj-a', status: 'Error' }
  ],
  policies: [{ id: 'asp-policy00', name: 'daily', timePoints: [1], repeatWeekdays: [0, 3], retentionDays: 7 }],
  volumes: [
    { id: 'v-data0000', name: 'data', zoneName: 'cn-bj-a', diskSizeInGB: 20 },
    { id: 'v-used0000', name: 'used', instanceId: 'i-running0', autoSnapshotPolicyId: 'asp-policy00' },
    { id: 'v-prepaid0', paymentTiming: 'Prepaid', enableDeleteProtection: true },
    { id: 'v-broken00', status: 'Error' }
  ],
  snapshots: [
    { id: 's-manual00', volumeId: 'v-data0000', name: 'manual' },
    { id: 's-used0000', volumeId: 'v-used0000', name: 'used' },
    { id: 's-failed00', volumeId: 'v-data0000', status: 'CreatedFailed' }
  ],
  shares: [{ snapshotId: 'share-0000000000', sourceSnapshotId: 's-manual00', accountId: 'friend' }]
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}
export interface Sent {
  readonly body?: string | Buffer
  readonly key?: string
  readonly headers?: OutgoingHttpHeaders
}

/** The server on a real socket, since an injected request would have its path put right first. */
export async function listen(options: StartOptions = {}) {
  const { app, core, close } = await start({ seed: { baidu: THINGS }, ...options })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const agent = new Agent({ keepAlive: true })
  return {
    core,
    call: (method: string, path: string, sent: Sent = {}) => call({ agent, port, method, path, ...sent }),
    /** All that a world holds, as text. */
    stateOf: (key: string) => rowsOf(core.world(key)),
    port,
    async close() {
      agent.destroy()
      await close()
    }
  }
}

function call(sent: Sent & { agent: Agent; port: number; method: string; path: string }): Promise<Answer> {
  const { agent, port, method, path, body = '', key = 'default', headers } = sent
  const authorization = `bce-auth-v1/${key}/${START}/1800/host/unchecked`
  return new Promise((resolve, reject) => {
    const options = { agent, host: '127.0.0.1', port, method, path, headers: { authorization, ...headers } }
    const going = request(options, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('error', reject)
      reply.on('end', () => {
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text: Buffer.concat(chunks).toString() })
      })
    })
    going.on('error', reject)
    going.end(body)
  })
}
