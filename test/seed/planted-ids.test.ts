import { expect, test } from 'vitest'
import { type Server, start } from '../harness.ts'

const DISKS = { zenlayer: '1700000000000000102', baidu: 'v-Starter2' }
const key = 'mine'
let count = 0
async function make({ zenlayer, baidu }: Server): Promise<string[]> {
  const name = `made-${++count}`
  const one = await zenlayer('CreateSnapshot', { diskId: DISKS.zenlayer, snapshotName: name }, { key })
  const other = await baidu('POST', '/v2/snapshot', { volumeId: DISKS.baidu, snapshotName: name }, { key })
  expect([one.status, other.status]).toStrictEqual([200, 200])
  return [one, other].map(({ body }) => /"snapshotId":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? '')
}

const quotas = { 'zenlayer.snapshotQuota': 1000, 'baidu.manualSnapshotLimit': 1000 }

/** An export without its rows, so that it is planted as a seed; and the ids in it. */
async function exported(): Promise<{ readonly seed: Record<string, unknown>; readonly ids: readonly string[] }> {
  const server = await start()
  try {
    await server.control('PATCH', `/settings?world=${key}`, quotas)
    const ids: string[] = []
    for (let n = 0; n < 12; n++) ids.push(...(await make(server)))
    for (const id of ids.splice(0, 16)) {
      if (id.startsWith('s-')) await server.baidu('DELETE', `/v2/snapshot/${id}`, undefined, { key })
      else await server.zenlayer('DeleteSnapshots', { snapshotIds: [id] }, { key })
    }
    const { body } = await server.control('GET', `/state?world=${key}`)
    const { internal: _rows, ...seed } = typeof body === 'object' ? { ...body, internal: undefined } : {}
    return { seed, ids }
  } finally {
    await server.close()
  }
}

const WAYS: Readonly<Record<string, (seed: Record<string, unknown>) => Promise<Server>>> = {
  async 'put into a world of that name'(seed) {
    const server = await start()
    expect((await server.control('PUT', `/state?world=${key}`, seed)).status).toBe(200)
    return server
  },
  'that new worlds begin with': ({ clock: _clock, ...seed }: Record<string, unknown>) => start({ seed })
}

test.for(Object.entries(WAYS))('what is made after an edited export %s takes none of its ids', async ([, begin]) => {
  const { seed, ids } = await exported()
  const server = await begin(seed)
  try {
    const made: string[] = []
    for (let n = 0; n < 30; n++) made.push(...(await make(server)))
    expect(new Set([...made, ...ids]).size).toBe(made.length + ids.length)
  } finally {
    await server.close()
  }
})
