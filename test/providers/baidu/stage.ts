import { afterAll, expect } from 'vitest'
import type { Section } from '../../../src/providers/baidu/seed/schema.ts'
import { type Server, start } from '../../harness.ts'

/** What the tests' worlds hold besides what they make: ids say what things are. */
export const place = {
  zones: ['cn-bj-a', 'cn-bj-e'],
  instances: [
    { id: 'i-running', zoneName: 'cn-bj-a', systemVolume: { id: 'v-boot', diskSizeInGB: 40 } },
    { id: 'i-stopped', zoneName: 'cn-bj-a', status: 'Stopped', systemVolume: { id: 'v-boot-stopped' } },
    { id: 'i-starting', zoneName: 'cn-bj-a', status: 'Starting', systemVolume: { id: 'v-boot-starting' } },
    { id: 'i-elsewhere', zoneName: 'cn-bj-e', systemVolume: { id: 'v-boot-elsewhere' } }
  ],
  policies: [
    { id: 'asp-one', name: 'one', timePoints: [0], repeatWeekdays: [1], retentionDays: 7 },
    { id: 'asp-two', name: 'two', timePoints: [12], repeatWeekdays: [0, 1, 2, 3, 4, 5, 6], retentionDays: -1 }
  ],
  volumes: [
    { id: 'v-free', name: 'free', diskSizeInGB: 100, chainId: 'sl-PdPu6Oel' },
    { id: 'v-used', name: 'used', instanceId: 'i-running' },
    { id: 'v-used-starting', instanceId: 'i-starting' },
    { id: 'v-local', type: 'Ephemeral', instanceId: 'i-running' },
    { id: 'v-encrypted', encryptKey: 'key-1' },
    { id: 'v-prepaid', paymentTiming: 'Prepaid', expireTime: '2026-03-31T00:00:00Z' },
    { id: 'v-protected', enableDeleteProtection: true },
    { id: 'v-scaling', status: 'Scaling', instanceId: 'i-running' },
    { id: 'v-recycled', status: 'Recycled' },
    { id: 'v-elsewhere', zoneName: 'cn-bj-e' }
  ],
  snapshots: [
    { id: 's-ok', name: 'ok', volumeId: 'v-free', createTime: '2025-06-01T00:00:00Z' },
    { id: 's-creating', volumeId: 'v-free', status: 'Creating' },
    { id: 's-failed', volumeId: 'v-free', status: 'CreatedFailed' },
    { id: 's-broken', volumeId: 'v-free', status: 'NotAvailable' },
    { id: 's-used', volumeId: 'v-used' },
    { id: 's-boot', volumeId: 'v-boot' },
    { id: 's-boot-starting', volumeId: 'v-boot-starting' },
    { id: 's-encrypted', volumeId: 'v-encrypted' }
  ],
  shares: [{ snapshotId: 'share-one', sourceSnapshotId: 's-ok', accountId: 'friend' }]
} satisfies Section

export type Row = Record<string, unknown>
export function row(value: unknown): Row {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value))
  throw new Error(`no object: ${JSON.stringify(value)}`)
}
export function rows(value: unknown): Row[] {
  if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`)
  return value.map(row)
}
export function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`no text: ${JSON.stringify(value)}`)
  return value
}

type Method = Parameters<Server['baidu']>[0]

/**
 * What makes the worlds of one file's tests, each on a manual clock at 2026-01-05T08:00:00Z, a Monday: its key names it,
 * so that one server for each place is enough. Called once, at the top of the file, whose servers close behind its last
 * test.
 */
export function stages() {
  const servers = new Map<object, Promise<Server>>()
  let worlds = 0
  afterAll(async () => {
    for (const server of servers.values()) await (await server).close()
  })
  return async (settings: Readonly<Record<string, unknown>> = {}, seed: Section = place) => {
    const starting = servers.get(seed) ?? start({ seed: { baidu: seed } })
    servers.set(seed, starting)
    return worldIn(await starting, `world-${++worlds}`, settings)
  }
}

/** A world of its own. Settings are set before the first call. */
async function worldIn(server: Server, key: string, settings: Readonly<Record<string, unknown>>) {
  const control = (method: Parameters<Server['control']>[0], path: string, body?: unknown) =>
    server.control(method, `${path}${path.includes('?') ? '&' : '?'}world=${key}`, body)
  const change = async (to: Readonly<Record<string, unknown>>) => {
    const changed = await control('PATCH', '/settings', to)
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
  }
  if (Object.keys(settings).length > 0) await change(settings)

  const call = (way: string, body?: unknown) => {
    const [method = '', url = ''] = way.split(' ')
    return server.baidu(methodOf(method), url, body, { key })
  }
  /** The answer's members; fails if it is a refusal. Without a body: an empty object. */
  const ok = async (way: string, body?: unknown): Promise<Row> => {
    const reply = await call(way, body)
    expect(reply.status, `${way} ${JSON.stringify(reply.body)}`).toBe(200)
    return reply.body === undefined ? {} : row(reply.body)
  }
  return {
    key,
    call,
    ok,
    control,
    volume: async (id: unknown) => row((await ok(`GET /v2/volume/${text(id)}`)).volume),
    snapshot: async (id: unknown) => row((await ok(`GET /v2/snapshot/${text(id)}`)).snapshot),
    policy: async (id: unknown) => row((await ok(`GET /v2/asp/${text(id)}`)).autoSnapshotPolicy),
    snapshots: async (query = '') => rows((await ok(`GET /v2/snapshot${query}`)).snapshots),
    volumes: async (query = '') => rows((await ok(`GET /v2/volume${query}`)).volumes),
    change,
    async advance(by: string) {
      const reply = await control('POST', '/clock/advance', { by })
      expect(reply.status, JSON.stringify(reply.body)).toBe(200)
      return row(reply.body)
    }
  }
}
export type Stage = Awaited<ReturnType<typeof worldIn>>

function methodOf(text: string): Method {
  if (text === 'GET' || text === 'POST' || text === 'PUT' || text === 'DELETE') return text
  throw new Error(`no method: ${text}`)
}
