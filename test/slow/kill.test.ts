import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const KILLS = 50
const WORLDS = ['a', 'b', 'c']
const DISK = '1700000000000000102'

const data = mkdtempSync(join(tmpdir(), 'snapstand-kill-'))
afterAll(() => rmSync(data, { recursive: true, force: true }))

interface Running {
  readonly child: ChildProcess
  readonly url: string
}

function begin(): Promise<Running> {
  const args = [CLI, '--port', '0', '--data', data, '--clock', 'manual', '--auth', 'off', '--log-level', 'error']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let printed = ''
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`it ended with ${code} before it served: ${printed}`)))
    child.stdout?.on('data', (text) => {
      printed += text
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]
      if (url) resolve({ child, url })
    })
  })
}

function kill({ child }: Running): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

async function zenlayer(url: string, key: string, action: string, body: object): Promise<Record<string, unknown>> {
  const reply = await fetch(`${url}/api/v2/zec`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-zc-action': action,
      'x-zc-version': '2025-09-01',
      authorization: `ZC2-HMAC-SHA256 Credential=${key}, SignedHeaders=content-type;host, Signature=none`
    },
    body: JSON.stringify(body)
  })
  const answer: unknown = await reply.json()
  if (reply.status !== 200) throw new Error(`${action}: ${reply.status} ${JSON.stringify(answer)}`)
  return Object(Reflect.get(Object(answer), 'response'))
}

async function state(url: string, key: string) {
  const reply = await fetch(`${url}/_snapstand/state?world=${key}`)
  expect(reply.status).toBe(200)
  const document: { internal: { tables: { name: string; columns: string[]; rows: unknown[][] }[] } } = JSON.parse(
    await reply.text()
  )
  const rows = (name: string): Record<string, unknown>[] => {
    const table = document.internal.tables.find((each) => each.name === name)
    expect(table).toBeDefined()
    const { columns = [], rows = [] } = table ?? {}
    return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])))
  }
  return { rows }
}

/** Kept totals and counts are what the rows say: nothing is torn. */
async function checkWhole(url: string, key: string): Promise<Set<string>> {
  const { rows } = await state(url, key)
  const snapshots = rows('snapshot')
  const cells = new Map<string, number>()
  const count = (row: Record<string, unknown>, what: string, state: unknown, origin: unknown, kind: unknown) => {
    const cell = JSON.stringify([row.provider, what, row.zone, state, origin, kind, row.grp])
    cells.set(cell, (cells.get(cell) ?? 0) + 1)
  }
  for (const row of snapshots) count(row, 'snapshot', row.state, row.origin, row.kind)
  for (const row of rows('volume')) if (row.gone_at === null) count(row, 'volume', '', '', row.kind)
  for (const row of rows('policy')) if (row.gone_at === null) count(row, 'policy', '', '', '')
  const totals = rows('total').map((row) => [
    JSON.stringify([row.provider, row.what, row.zone, row.state, row.origin, row.kind, row.grp]),
    row.n
  ])
  expect(Object.fromEntries(totals)).toEqual(Object.fromEntries(cells))
  for (const volume of rows('volume')) {
    const own = snapshots.filter((snapshot) => snapshot.volume_n === volume.n)
    expect(own.filter((snapshot) => snapshot.origin === 'policy')).toHaveLength(Number(volume.auto_count))
    expect(own.filter((snapshot) => snapshot.origin !== 'policy')).toHaveLength(Number(volume.manual_count))
  }
  return new Set(snapshots.map((snapshot) => String(snapshot.id)))
}

test(`every acknowledged write survives ${KILLS} kills under load and inside advances, and nothing is torn`, async () => {
  const acknowledged = new Map(WORLDS.map((key) => [key, new Set<string>()]))
  let clocks = new Map(WORLDS.map((key) => [key, '']))
  let advances = 0
  for (let round = 0; round <= KILLS; round++) {
    const running = await begin()
    for (const key of WORLDS) {
      const there = await checkWhole(running.url, key)
      for (const id of acknowledged.get(key) ?? []) expect(there, `world ${key}, round ${round}`).toContain(id)
      const clock: unknown = await (await fetch(`${running.url}/_snapstand/clock?world=${key}`)).json()
      const now = String(Reflect.get(Object(clock), 'now'))
      expect(now >= (clocks.get(key) ?? '')).toBe(true)
      clocks = new Map([...clocks, [key, now]])
    }
    if (round === 0) {
      for (const key of WORLDS) {
        const policy = { zoneId: 'asia-east-1a', autoSnapshotPolicyName: 'often', retentionDays: 1 }
        const when = { repeatWeekDays: [1, 2, 3, 4, 5, 6, 7], hours: [0, 3, 6, 9, 12, 15, 18, 21] }
        const made = await zenlayer(running.url, key, 'CreateAutoSnapshotPolicy', { ...policy, ...when })
        const { autoSnapshotPolicyId } = made
        await zenlayer(running.url, key, 'ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [DISK] })
      }
    }
    if (round === KILLS) {
      await kill(running)
      break
    }
    let stopped = false
    const ended = (error: unknown) => {
      // The kill cuts connections; before it, nothing may fail.
      if (!stopped) throw error
    }
    const load = WORLDS.flatMap((key) => [
      (async () => {
        for (let n = 0; !stopped; n++) {
          const body = { diskId: DISK, snapshotName: `round-${round}-${n}` }
          const { snapshotId } = await zenlayer(running.url, key, 'CreateSnapshot', body)
          acknowledged.get(key)?.add(String(snapshotId))
        }
      })().catch(ended),
      (async () => {
        while (!stopped) {
          const reply = await fetch(`${running.url}/_snapstand/clock/advance?world=${key}`, {
            method: 'POST',
            body: JSON.stringify({ by: 'P2D' })
          })
          expect(reply.status).toBe(200)
          await reply.json()
          advances++
        }
      })().catch(ended)
    ])
    await new Promise((resolve) => setTimeout(resolve, 100 + ((round * 37) % 200)))
    stopped = true
    await kill(running)
    await Promise.all(load)
  }
  for (const [key, ids] of acknowledged) expect(ids.size, key).toBeGreaterThan(KILLS)
  expect(advances).toBeGreaterThan(KILLS)
})
