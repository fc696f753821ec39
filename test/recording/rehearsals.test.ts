import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { compareFolder } from '../../src/compare/recorded.ts'
import { lettersIn } from '../../src/recording/exchange.ts'
import { type FiledExchange, type Recording, readRecording } from '../../src/recording/reader.ts'
import { exchangesOf, providersWithFixtures } from '../fixtures.ts'
import { outranked, recordingFolders } from '../outranked.ts'

const fixtures = providersWithFixtures.flatMap(exchangesOf)

test('there are recordings of both clouds, and what is none of a cloud says so', async () => {
  const recordings = await Promise.all(recordingFolders.map(readRecording))
  expect(new Set(recordings.map(({ manifest }) => manifest.cloud))).toEqual(new Set(['zenlayer', 'baidu']))
  for (const { manifest, folder } of recordings) {
    expect(manifest.rehearsal === true, folder).toBe(manifest.upstream === 'upstream.example')
  }
})

test('the Python and the Go client of both clouds have rehearsed', async () => {
  const recordings = await Promise.all(recordingFolders.map(readRecording))
  const rehearsals = recordings.filter(({ manifest }) => manifest.rehearsal === true)
  expect(rehearsals.map(({ folder, manifest }) => [basename(folder), manifest.cloud])).toEqual(
    expect.arrayContaining([
      ['zenlayer-python', 'zenlayer'],
      ['zenlayer-go', 'zenlayer'],
      ['baidu-python', 'baidu'],
      ['baidu-go', 'baidu']
    ])
  )
})

test.for(recordingFolders)('%s is whole, knows each call, and holds nothing secret', async (folder) => {
  const { manifest, exchanges } = await readRecording(folder)
  expect(manifest.exchanges).toBeGreaterThan(20)
  expect(exchanges.map(({ operation }) => operation)).not.toContain(undefined)
  expect(exchanges.filter(({ response }) => response.status >= 400).length).toBeGreaterThan(0)
  for (const exchange of exchanges) {
    const letters = lettersIn(exchange)
    // What conformance/rehearse.ts signs with, and the addresses that it runs at.
    expect(letters, exchange.file).not.toMatch(/rehearsal-(?:key|secret)|secret-of-|127\.0\.0\.1|localhost/)
    expect(letters, exchange.file).toMatch(/Credential=REDACTED|bce-auth-v1\/REDACTED/)
  }
})

test.for(recordingFolders)('Snapstand answers as %s has it', async (folder) => {
  const { calls, differences, notPlayed } = await compareFolder(folder)
  expect({ differences, notPlayed }).toEqual({ differences: [], notPlayed: [] })
  expect(calls).toBe((await readRecording(folder)).exchanges.length)
})

test.for(recordingFolders)('an answer in %s that we do not give is found', async (folder) => {
  const copy = await mkdtemp(join(tmpdir(), 'snapstand-recorded-'))
  try {
    await cp(folder, copy, { recursive: true })
    const { exchanges } = await readRecording(copy)
    const refused = exchanges.find(({ response }) => response.status >= 400)
    const file = join(copy, refused?.file ?? '')
    await writeFile(file, (await readFile(file, 'utf8')).replace(/"status": \d+/, '"status": 418'))
    const { differences } = await compareFolder(copy)
    expect(differences).toEqual([expect.objectContaining({ operation: refused?.operation, theirs: '418' })])
  } finally {
    await rm(copy, { recursive: true })
  }
})

test.for(recordingFolders)('nothing of ours is outranked by %s', async (folder) => {
  expect(outranked(await readRecording(folder), fixtures)).toEqual([])
})

const made = (status: number, json: unknown, operation = 'CreateSnapshot'): FiledExchange => ({
  number: 1,
  file: '0001-CreateSnapshot.json',
  at: 0,
  took: 1,
  operation,
  request: { method: 'POST', url: '/', headers: [] },
  response: { status, headers: [], body: { json } }
})
const recording = (exchange: FiledExchange, rehearsal?: true): Recording => ({
  folder: 'made up',
  manifest: {
    form: 1,
    kind: 'recorded',
    ...(rehearsal && { rehearsal }),
    cloud: 'zenlayer',
    recordedOn: '2026-01-05',
    startedAt: '2026-01-05T08:00:00.000Z',
    tool: 'made up',
    clients: [],
    upstream: 'console.zenlayer.com',
    exchanges: 1,
    withheld: 0,
    redacted: {}
  },
  exchanges: [exchange]
})
const NOT_FOUND = { requestId: 'T', code: 'INVALID_DISK_NOT_FOUND', message: 'The disk does not exist.' }

test('where the cloud answers otherwise, the answer of ours is named that has to go', () => {
  const ours = fixtures.find(
    ({ title, operation }) => operation === 'CreateSnapshot' && title === 'INVALID_DISK_NOT_FOUND'
  )
  const body = { ...NOT_FOUND, ...Object(ours?.response.body) }
  const { status = 0 } = ours?.response ?? {}
  expect(outranked(recording(made(status, body)), fixtures)).toEqual([])
  const file = 'fixtures/zenlayer/CreateSnapshot/INVALID_DISK_NOT_FOUND.yaml has to go'
  expect(outranked(recording(made(418, body)), fixtures)).toEqual([
    `${file}: its status is ${status}, that of the cloud 418 (0001-CreateSnapshot.json)`
  ])
  expect(outranked(recording(made(status, { ...body, message: 'Gone.' })), fixtures)).toEqual([
    `${file}: its message is ${JSON.stringify(body.message)}, that of the cloud "Gone." (0001-CreateSnapshot.json)`
  ])
  const typed = outranked(
    recording(made(200, { requestId: 'T', response: { requestId: 'T', snapshotId: 17 } })),
    fixtures
  )
  expect(typed.length).toBeGreaterThan(0)
  for (const line of typed) expect(line).toContain('its response.snapshotId is a string, that of the cloud a number')
})

test('a rehearsal outranks nothing', () => {
  expect(outranked(recording(made(418, NOT_FOUND), true), fixtures)).toEqual([])
})
