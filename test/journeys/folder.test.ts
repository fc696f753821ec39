import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Snapstand, type SnapstandOptions, startSnapstand } from '../../src/index.ts'

const folders: string[] = []
const servers: Snapstand[] = []
const lines: string[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  lines.length = 0
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'snapstand-served-'))
  folders.push(folder)
  return folder
}
async function serve(options: SnapstandOptions): Promise<Snapstand> {
  const server = await startSnapstand({
    clock: 'manual',
    auth: 'off',
    logLevel: 'info',
    log: (line) => lines.push(line),
    ...options
  })
  servers.push(server)
  return server
}
async function zenlayer({ url }: Snapstand, key: string, action: string, body: object = {}) {
  const headers = {
    'content-type': 'application/json',
    'x-zc-action': action,
    'x-zc-version': '2025-09-01',
    authorization: `ZC2-HMAC-SHA256 Credential=${key}, SignedHeaders=content-type;host, Signature=unchecked`
  }
  const reply = await fetch(`${url}/api/v2/zec`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: reply.status, body: JSON.parse(await reply.text()), hint: reply.headers.get('x-snapstand-hint') }
}
async function baidu({ url }: Snapstand, key: string, path: string) {
  const authorization = `bce-auth-v1/${key}/2026-01-05T08:00:00Z/1800/host/unchecked`
  const reply = await fetch(`${url}${path}`, { headers: { authorization } })
  return { status: reply.status, body: JSON.parse(await reply.text()), hint: reply.headers.get('x-snapstand-hint') }
}
const worldFiles = (data: string) => readdirSync(data).filter((name) => /^[0-9a-f]{64}\.db$/.test(name))

test('a damaged file is told by name, its world answers the clouds’ internal error, all others are served', async () => {
  const data = newFolder()
  const first = await serve({ data })
  await zenlayer(first, 'spoiled', 'DescribeDisks')
  await first.close()
  const [file = ''] = worldFiles(data)
  writeFileSync(join(data, file), 'this is no database, but it is long enough to be taken for one'.repeat(100))

  const server = await serve({ data })
  expect(await zenlayer(server, 'spoiled', 'DescribeDisks')).toMatchObject({
    status: 500,
    body: { code: 'INTERNAL_SERVER_ERROR', message: expect.any(String), requestId: expect.stringMatching(/^T/) }
  })
  expect(await baidu(server, 'spoiled', '/v2/volume')).toMatchObject({ status: 500, body: { code: 'InternalError' } })
  expect(lines.join('\n')).toContain(file)
  expect((await zenlayer(server, 'sound', 'DescribeDisks')).status).toBe(200)
  expect((await fetch(`${server.url}/_snapstand/worlds`)).status).toBe(200)

  expect((await fetch(`${server.url}/_snapstand/worlds/spoiled`, { method: 'DELETE' })).status).toBe(204)
  expect((await zenlayer(server, 'spoiled', 'DescribeDisks')).status).toBe(200)
})

test('in file mode nothing is dropped: a new key past the bound is refused with a hint', async () => {
  const server = await serve({ data: newFolder(), maxWorlds: 1 })
  expect((await zenlayer(server, 'one', 'DescribeDisks')).status).toBe(200)
  const refused = await zenlayer(server, 'two', 'DescribeDisks')
  expect(refused).toMatchObject({ status: 503, body: { code: 'SERVICE_TEMPORARY_UNAVAILABLE' } })
  expect(refused.hint).toContain('max-worlds')
  const other = await baidu(server, 'two', '/v2/volume')
  expect(other).toMatchObject({ status: 500, body: { code: 'InternalError' } })
  expect(other.hint).toContain('max-worlds')
  expect((await zenlayer(server, 'one', 'DescribeDisks')).status).toBe(200)
})

test('request ids never come again, however often a folder is started with', async () => {
  const data = newFolder()
  const ids: string[] = []
  for (let start = 0; start < 3; start++) {
    const server = await serve({ data })
    ids.push((await zenlayer(server, 'k', 'DescribeDisks')).body.requestId)
    await server.close()
  }
  expect(new Set(ids).size).toBe(3)
})

test('names of worlds in any script and with any sign are worlds of their own, and never paths', async () => {
  const data = newFolder()
  const server = await serve({ data })
  const names = ['..', '../x', 'a/b', 'A/B', '每日', 'x'.repeat(200)]
  for (const name of names) {
    const at = `${server.url}/_snapstand/checkpoints/c?world=${encodeURIComponent(name)}`
    expect((await fetch(at, { method: 'PUT' })).status, name).toBe(200)
  }
  const worlds: { id: string }[] = JSON.parse(await (await fetch(`${server.url}/_snapstand/worlds`)).text())
  expect(worlds.map((world) => world.id).sort()).toEqual([...names].sort())
  expect(worldFiles(data)).toHaveLength(names.length)
  const long = await fetch(`${server.url}/_snapstand/clock?world=${'x'.repeat(10_240)}`)
  expect(long.status).toBe(400)
})
