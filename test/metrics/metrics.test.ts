import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Snapstand, type SnapstandOptions, startSnapstand } from '../../src/index.ts'
import { familiesIn, faultsOf } from './text-format.ts'

async function scraped(server: Pick<Snapstand, 'url'>, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}/_snapstand/metrics`, { headers })
  const text = await answer.text()
  return { status: answer.status, type: answer.headers.get('content-type'), text }
}

/** The values of one metric, by its labels. */
async function valuesOf(server: Pick<Snapstand, 'url'>, name: string): Promise<Readonly<Record<string, number>>> {
  const families = familiesIn((await scraped(server)).text)
  const samples = families.flatMap((family) => family.samples).filter((sample) => sample.name === name)
  return Object.fromEntries(samples.map(({ labels, value }) => [Object.values(labels).join(' '), value]))
}

async function call(server: Pick<Snapstand, 'url'>, action: string, body: object): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-zc-action': action, 'x-zc-version': '2025-09-01' }
  const answer = await fetch(`${server.url}/api/v2/zec`, { method: 'POST', headers, body: JSON.stringify(body) })
  await answer.text()
  return answer.status
}
const drive = async (server: Pick<Snapstand, 'url'>, method: string, path: string, body?: object) => {
  const answer = await fetch(`${server.url}/_snapstand${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
  await answer.text()
  return answer.status
}
const counting = (options: SnapstandOptions = {}) => startSnapstand({ clock: 'manual', metrics: true, ...options })

const DISK = '1700000000000000102'

test('what is told is Prometheus’ text format, named by its conventions', async () => {
  await using server = await counting({ metricsWorlds: true })
  await call(server, 'CreateSnapshot', { diskId: DISK, snapshotName: 'one' })
  await call(server, 'DescribeSnapshots', { snapshotIds: ['none'] })
  await drive(server, 'POST', '/clock/advance', { by: 'P1D' })
  const { status, type, text } = await scraped(server)
  expect({ status, type }).toEqual({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' })
  const families = familiesIn(text)
  const ours = families.filter(({ name }) => name.startsWith('snapstand_'))
  expect(ours.flatMap(faultsOf)).toEqual([])
  expect(ours.map(({ name }) => name).toSorted()).toEqual([
    'snapstand_advance_duration_seconds',
    'snapstand_build_info',
    'snapstand_call_duration_seconds',
    'snapstand_calls_total',
    'snapstand_journal_bytes',
    'snapstand_open_world_snapshots',
    'snapstand_world_calls_total',
    'snapstand_world_journal_bytes',
    'snapstand_world_snapshots',
    'snapstand_worlds'
  ])
  const told = families.map(({ name }) => name)
  expect(told).toContain('process_resident_memory_bytes')
  expect(told).toContain('nodejs_eventloop_lag_p99_seconds')
})

test('calls are counted by what they were and how they ended, and unknown ones under one name', async () => {
  await using server = await counting()
  for (const name of ['one', 'two']) await call(server, 'CreateSnapshot', { diskId: DISK, snapshotName: name })
  await call(server, 'CreateSnapshot', { diskId: '1', snapshotName: 'no disk' })
  await call(server, 'NoSuchAction', {})
  await call(server, 'NorThisOne', {})
  await (await fetch(`${server.url}/v2/volume`)).text()
  expect(await valuesOf(server, 'snapstand_calls_total')).toEqual({
    'zenlayer CreateSnapshot 200 ': 2,
    'zenlayer CreateSnapshot 404 INVALID_DISK_NOT_FOUND': 1,
    'zenlayer unknown 401 AUTHFAILURE_UNAUTHORIZED_OPERATION': 2,
    'baidu ListVolumes 200 ': 1
  })
  expect(await valuesOf(server, 'snapstand_call_duration_seconds_count')).toEqual({
    'zenlayer CreateSnapshot': 3,
    'zenlayer unknown': 2,
    'baidu ListVolumes': 1
  })
})

test('advances are counted by how they ended', async () => {
  await using server = await counting()
  await drive(server, 'POST', '/clock/advance', { by: 'P1D' })
  expect(await drive(server, 'POST', '/clock/advance', { to: '2026-01-01T00:00:00Z' })).toBe(409)
  expect(await valuesOf(server, 'snapstand_advance_duration_seconds_count')).toEqual({ done: 1, refused: 1 })
})

test('worlds and what they hold are counted, and no look wakes one or makes one', async () => {
  const data = await mkdtemp(join(tmpdir(), 'snapstand-metrics-'))
  try {
    {
      await using server = await counting({ data })
      await call(server, 'CreateSnapshot', { diskId: DISK, snapshotName: 'one' })
      expect(await valuesOf(server, 'snapstand_worlds')).toEqual({ open: 1, resting: 0 })
      expect(await valuesOf(server, 'snapstand_open_world_snapshots')).toEqual({ zenlayer: 1, baidu: 0 })
      const { '': bytes = 0 } = await valuesOf(server, 'snapstand_journal_bytes')
      expect(bytes).toBeGreaterThan(500)
    }
    await using again = await counting({ data })
    for (const _ of [1, 2]) expect(await valuesOf(again, 'snapstand_worlds')).toEqual({ open: 0, resting: 1 })
    expect(await valuesOf(again, 'snapstand_open_world_snapshots')).toEqual({})
  } finally {
    await rm(data, { recursive: true })
  }
})

test('worlds are named only where that is asked for', async () => {
  await using silent = await counting()
  await drive(silent, 'PUT', '/worlds/AKID-secretive', { keep: true })
  expect((await scraped(silent)).text).not.toContain('AKID-secretive')
  await using telling = await counting({ metricsWorlds: true })
  const odd = 'AKID-"\\'
  await drive(telling, 'PUT', `/worlds/${encodeURIComponent(odd)}`, { keep: true })
  expect((await scraped(telling)).text).toContain('{world="AKID-\\"\\\\"}')
  await drive(telling, 'DELETE', `/worlds/${encodeURIComponent(odd)}`)
  await drive(telling, 'PUT', '/worlds/AKID-open', { keep: true })
  await call(telling, 'CreateSnapshot', { diskId: DISK, snapshotName: 'one' })
  expect(await valuesOf(telling, 'snapstand_world_calls_total')).toEqual({ 'AKID-open': 0, default: 1 })
  expect(await valuesOf(telling, 'snapstand_world_snapshots')).toMatchObject({ 'default zenlayer': 1 })
})

test('two servers of a process count each for itself', async () => {
  await using one = await counting()
  await using other = await counting()
  await call(one, 'DescribeDisks', {})
  expect(await valuesOf(one, 'snapstand_calls_total')).toEqual({ 'zenlayer DescribeDisks 200 ': 1 })
  expect(await valuesOf(other, 'snapstand_calls_total')).toEqual({})
  expect((await scraped(other)).text).toContain('process_cpu_seconds_total')
})

test('they are told by the rules of the control API, and not at all unless asked for', async () => {
  await using guarded = await counting({ controlToken: 'hush' })
  expect(await scraped(guarded)).toMatchObject({ status: 401 })
  expect(await scraped(guarded, { authorization: 'Bearer hush' })).toMatchObject({ status: 200 })
  await using silent = await startSnapstand()
  const { status, text } = await scraped(silent)
  expect({ status, ...JSON.parse(text) }).toMatchObject({
    status: 404,
    detail: 'Nothing is counted; start the server with --metrics.'
  })
})
