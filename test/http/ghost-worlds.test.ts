import { expect, test } from 'vitest'
import { type Server, type StartOptions, start } from '../harness.ts'

async function using(options: StartOptions, work: (server: Server) => Promise<void>): Promise<void> {
  const server = await start(options)
  try {
    await work(server)
  } finally {
    await server.close()
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const DISK = '/zenlayer/volumes/1700000000000000101/content'

test.for([
  '/clock',
  '/agenda',
  '/settings',
  '/state',
  '/checkpoints',
  '/requests',
  DISK,
  '/zenlayer/policies/none/occurrences',
  '/baidu/volumes/none/content'
])('GET %s of a world that is not there answers as a new one would, and makes none', (path) =>
  using({}, async ({ control, core }) => {
    const ghost = await control('GET', `${path}?world=ghost`)
    expect(core.worlds()).toStrictEqual([])
    await control('PUT', '/worlds/ghost', { keep: true })
    const { status, body } = await control('GET', `${path}?world=ghost`)
    expect({ status: ghost.status, body: ghost.body }).toStrictEqual({ status, body })
  })
)

test.for<[Method, string, unknown, number]>([
  ['GET', '/mars/volumes/x/content', undefined, 404],
  ['PUT', '/mars/volumes/x/content', 'text', 404],
  ['PUT', '/zenlayer/volumes/none/content', 'text', 404],
  ['PUT', DISK, 'x'.repeat(64 * 1024 + 1), 413],
  ['GET', '/mars/policies/x/occurrences', undefined, 404],
  ['PUT', '/clock', { mode: 'fast' }, 400],
  ['PUT', '/clock', { now: '2024-01-01T00:00:00Z' }, 409],
  ['PUT', '/clock', { now: '1999-01-01T00:00:00Z' }, 400],
  ['POST', '/clock/advance', { by: '-P1D' }, 409],
  ['POST', '/clock/advance', { by: 'P200Y' }, 400],
  ['POST', '/clock/advance', {}, 400],
  ['PATCH', '/settings', { 'zenlayer.nothing': 1 }, 400],
  ['PATCH', '/settings', { 'zenlayer.snapshotQuota': 'many' }, 400],
  ['PUT', '/state', { zenlayer: { disks: [{ diskId: 1 }] } }, 400],
  ['PUT', '/state', { clock: { mode: 'manual', at: '2001-01-01T00:00:00Z' } }, 409],
  ['PUT', `/checkpoints/${'x'.repeat(129)}`, {}, 400],
  ['DELETE', '/checkpoints/none', undefined, 404],
  ['POST', '/checkpoints/none/restore', {}, 404],
  ['POST', '/checkpoints/none/restore', { as: 'phantom' }, 404],
  ['POST', '/checkpoints/none/restore', { as: '*' }, 400],
  ['DELETE', '/requests', undefined, 204],
  ['POST', '/reset', {}, 200],
  ['PUT', '/worlds/ghost', { keep: 'yes' }, 400],
  ['DELETE', '/worlds/ghost', undefined, 404]
])('%s %s with %j makes no world', ([method, path, body, status]) =>
  using({}, async ({ control, core }) => {
    const named = path.startsWith('/worlds') ? path : `${path}?world=ghost`
    const answer = await control(method, named, body)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status })
    expect(core.worlds()).toStrictEqual([])
  })
)

test.for<[Method, string, unknown]>([
  ['PUT', '/clock', { now: '2027-01-01T00:00:00Z' }],
  ['POST', '/clock/advance', { by: 'P1D' }],
  ['PATCH', '/settings', { 'zenlayer.snapshotQuota': 2 }],
  ['PUT', '/checkpoints/first', {}],
  ['PUT', '/state', { zenlayer: { zones: [] } }]
])('%s %s makes the world that it changes', ([method, path, body]) =>
  using({}, async ({ control, core }) => {
    const answer = await control(method, `${path}?world=new`, body)
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    expect(core.worlds().map(({ id }) => id)).toStrictEqual(['new'])
    // Done once, not twice.
    if (path === '/clock/advance') expect(answer.body).toMatchObject({ to: '2026-01-06T08:00:00.000Z' })
    if (path === '/checkpoints/first') expect((await control('GET', '/checkpoints?world=new')).body).toHaveLength(1)
  })
)

test('a content makes the world that it is written to', () =>
  using({}, async ({ app, control }) => {
    const url = `/_snapstand${DISK}?world=new`
    const put = await app.inject({ method: 'PUT', url, headers: { host: 'localhost' }, payload: 'before' })
    expect(put.statusCode).toBe(204)
    expect((await control('GET', `${DISK}?world=new`)).body).toBe('before')
  }))

test('no new world for a refused change, where there is no room for one either', () =>
  using({ maxWorlds: 1 }, async ({ control }) => {
    await control('PUT', '/worlds/a', { keep: true })
    expect(await control('GET', '/clock?world=b')).toMatchObject({ status: 200 })
    expect(await control('PUT', '/clock?world=b', { mode: 'manual' })).toMatchObject({ status: 503 })
    expect(await control('PUT', '/state?world=b', { zenlayer: { zones: [] } })).toMatchObject({ status: 503 })
    await control('PUT', '/checkpoints/first?world=a', {})
    expect(await control('POST', '/checkpoints/first/restore?world=a', { as: 'b' })).toMatchObject({ status: 503 })
  }))
