import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BadUsage } from '../../src/documents/complaint.ts'
import { exchangeFile, type Manifest, numberIn, type RecordedExchange } from '../../src/recording/form.ts'
import { readRecording } from '../../src/recording/reader.ts'
import { createRecordingWriter } from '../../src/recording/writer.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapstand-recording-'))
})
afterEach(() => rm(folder, { recursive: true }))

const manifest: Manifest = {
  form: 1,
  kind: 'recorded',
  cloud: 'zenlayer',
  recordedOn: '2026-01-05',
  startedAt: '2026-01-05T08:00:00.000Z',
  tool: 'snapstand 0.1.0, Node 24.11.0',
  clients: [],
  upstream: 'console.zenlayer.com',
  exchanges: 2,
  withheld: 0,
  redacted: {}
}
const exchange: RecordedExchange = {
  at: 12,
  took: 3,
  operation: 'DescribeSnapshots',
  request: { method: 'POST', url: '/api/v2/zec', headers: [['X-ZC-Action', 'DescribeSnapshots']], body: { json: {} } },
  response: { status: 200, headers: [], body: { text: 'no JSON' } }
}

async function written(): Promise<void> {
  const writer = await createRecordingWriter(folder)
  const { operation: _, ...unknown } = exchange
  await writer.write(10_000, unknown)
  await writer.write(2, exchange)
  await writer.writeManifest(manifest)
}

/** What a folder is refused for. */
async function refusalOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof BadUsage ? error.message.replaceAll(folder, 'DIR') : String(error))
  )
}

test('what was written is read, in the order of the calls', async () => {
  await written()
  expect((await readdir(folder)).toSorted()).toEqual([
    '0002-DescribeSnapshots.json',
    '10000-unknown.json',
    'manifest.json'
  ])
  const recording = await readRecording(folder)
  expect(recording.manifest).toEqual(manifest)
  expect(recording.exchanges.map(({ number, file }) => [number, file])).toEqual([
    [2, '0002-DescribeSnapshots.json'],
    [10_000, '10000-unknown.json']
  ])
  expect(recording.exchanges[0]).toMatchObject(exchange)
})

test('only a name that is written so is that of an exchange', () => {
  expect(numberIn(exchangeFile(17, undefined))).toBe(17)
  expect(['17-A.json', '0017-A.yaml', '0017.json', 'notes.txt'].map(numberIn)).toEqual(Array(4).fill(undefined))
})

test('a folder with a recording is not written into', async () => {
  await written()
  const before = await readFile(join(folder, 'manifest.json'), 'utf8')
  expect(await refusalOf(createRecordingWriter(folder))).toBe(
    '--to: DIR has a recording, and none is written over (name another folder, or move that one away)'
  )
  expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe(before)
})

test('where no folder can be made, the reason is told', async () => {
  await writeFile(join(folder, 'file'), '')
  expect(await refusalOf(createRecordingWriter(join(folder, 'file', 'in it')))).toMatch(
    /^--to: DIR\/file\/in it cannot be written: .+ \(expected a folder\)$/
  )
})

test.skipIf(!existsSync('/proc/self'))('where nothing can be made at all, that is told at once', async () => {
  expect(await refusalOf(createRecordingWriter('/proc/none/of/it'))).toMatch(/^--to: .* cannot be written: ENOENT/)
})

test('a folder is made with all that is missing above it', async () => {
  const within = join(folder, 'one', 'two')
  await createRecordingWriter(within)
  expect(await readdir(within)).toEqual([])
  await createRecordingWriter(within)
})

test('what is no recording is told in words', async () => {
  expect(await refusalOf(readRecording(join(folder, 'none')))).toMatch(
    /^DIR\/none: cannot be read: ENOENT.*\(expected the folder of a recording\)$/
  )
  expect(await refusalOf(readRecording(folder))).toMatch(/^DIR: has no manifest.json \(a recording is a folder with/)
})

test('each thing that is wrong in a file is told with its place', async () => {
  await written()
  await writeFile(join(folder, '0003-A.json'), '{\n  "at": -1, "took": 0, "request": {}, "response": 1 }')
  await writeFile(join(folder, '0004-B.json'), 'no: [')
  const lines = (await refusalOf(readRecording(folder))).split('\n')
  expect(lines).toContain(
    'DIR/0003-A.json:2:3 at: is -1 (expected whole milliseconds, 0 or more, of ten years at most)'
  )
  expect(lines.filter((line) => line.startsWith('DIR/0004-B.json:1:'))).not.toEqual([])
  await rm(join(folder, '0004-B.json'))
  const { response } = exchange
  await writeFile(
    join(folder, '0003-A.json'),
    JSON.stringify({ ...exchange, response: { ...response, headers: [[1]] } })
  )
  expect(await refusalOf(readRecording(folder))).toMatch(
    /^DIR\/0003-A.json:1:\d+ response.headers\[0\]: is a list \(expected pairs of name and value\)$/
  )
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, redacted: { address: 'some' } }))
  expect(await refusalOf(readRecording(folder))).toMatch(
    /^DIR\/manifest.json:1:\d+ redacted: is an object \(expected numbers by the kind of thing\)$/
  )
})

test.for([
  ['at', { ...exchange, at: Number.MAX_SAFE_INTEGER }, /at: is 9007199254740991 \(expected whole milliseconds/],
  ['method', asking({ method: 'G ET' }), /request\.method: .*a word as HTTP has it/],
  ['url', asking({ url: '/v2\r\nhost: x' }), /request\.url: .*a path as a request line has it/],
  ['name', asking({ headers: [['x y', '1']] }), /headers\[0\](?:\[0\])?: /],
  ['value', asking({ headers: [['x', '1\n2']] }), /headers\[0\](?:\[1\])?: /]
] as const)('an exchange that nobody can send is refused: %s', async ([, wrong, reason]) => {
  await written()
  await writeFile(join(folder, '0002-DescribeSnapshots.json'), JSON.stringify(wrong))
  expect(await refusalOf(readRecording(folder))).toMatch(reason)
})

test('a pipe is no exchange, and nobody waits for its end', async () => {
  await written()
  execFileSync('mkfifo', [join(folder, '0003-A.json')])
  expect(await refusalOf(readRecording(folder))).toBe('DIR/0003-A.json: is no file (expected one that was recorded)')
})

test('a recording that began at no time is refused', async () => {
  await written()
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, startedAt: '2026-13-45T99:99:99.000Z' }))
  expect(await refusalOf(readRecording(folder))).toMatch(/startedAt: .*\(expected an instant such as/)
})

function asking(request: Partial<RecordedExchange['request']>): RecordedExchange {
  return { ...exchange, request: { ...exchange.request, ...request } }
}

test('a file too many or too few is told', async () => {
  await written()
  await rm(join(folder, '10000-unknown.json'))
  expect(await refusalOf(readRecording(folder))).toBe(
    'DIR/manifest.json: counts 2 exchanges, and the folder has 1 (a file is missing, or was added)'
  )
})
