import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { readRecording } from '../../src/recording/reader.ts'
import { build, CLI, ROOT, run, startProgram } from '../program.ts'
import { type Surroundings, typed, typing } from './lines.ts'

let folder = ''
let upstream: Snapstand
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapstand-record-'))
  upstream = await startSnapstand()
})
afterAll(async () => {
  await upstream.close()
  await rm(folder, { recursive: true })
})

const words = (to: string, ...more: readonly string[]) => [
  ...['record', '--cloud', 'baidu', '--upstream', upstream.url, '--to', join(folder, to)],
  ...more
]

/** A command line that records until it is told to end. */
async function recording(line: readonly string[], surroundings: Surroundings = {}) {
  let end = () => {}
  const told = new Promise<void>((resolve) => {
    end = resolve
  })
  const { ended, printed } = typing(line, { ...surroundings, ended: () => told })
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /^(\S+)\/ goes on to http/.exec(printed())?.[1]
      if (found !== undefined) resolve(found)
      else setImmediate(look)
    }
    look()
    ended.then(({ err }) => reject(new Error(err)))
  })
  return {
    url,
    stop() {
      end()
      return ended
    }
  }
}

test('what is wrong is told at once, a line each, and nothing is done', async () => {
  const line = ['record', '--cloud', 'aws', '--listen', '70000', '--redact', 'ab']
  expect(await typed(line)).toEqual({
    code: 2,
    out: '',
    err: [
      'snapstand: --cloud aws: is not known (known are zenlayer, baidu)',
      'snapstand: --upstream: is missing (expected the URL of the cloud, such as https://console.zenlayer.com)',
      'snapstand: --to: is missing (expected the folder that the recording is to be in)',
      'snapstand: --listen: "70000" cannot be read (expected a port, 0 to 65535)',
      'snapstand: --redact: "ab" is a part of many words (expected at least 3 characters)',
      ''
    ].join('\n')
  })
})

test.for([
  ['no url', 'is no URL'],
  ['http://user:hush@a.example', 'holds credentials'],
  ['http://a.example/v2', 'goes on behind the host']
])('%s is no upstream', async ([url = '', reason = '']) => {
  const { code, err } = await typed([
    'record',
    '--cloud',
    'baidu',
    '--upstream',
    url,
    '--to',
    join(folder, 'x'),
    '--yes'
  ])
  expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 2, lines: 1 })
  expect(err).toContain(reason)
  expect(err).not.toContain('hush')
})

test('half of the credentials is not enough, and their values are not told', async () => {
  const { code, err } = await typed(words('half', '--yes'), { env: { BAIDUCLOUD_ACCESS_KEY: 'the-key' } })
  expect(code).toBe(2)
  expect(err).toMatch(/^snapstand: BAIDUCLOUD_SECRET_KEY: is not set \(/)
  expect(err).not.toContain('the-key')
})

test('without a terminal and without --yes nothing is done', async () => {
  const { code, out, err } = await typed(words('unasked'))
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toBe(
    `snapstand: --yes: is missing, and there is no terminal to ask at (Every call goes on to ${upstream.url}. What it makes there is real, and costs money; nothing is removed in the end.)\n`
  )
  expect(await readdir(folder)).toEqual([])
})

test.for(['', 'y', 'no'])('whoever is asked and says "%s" has nothing done', async (answer) => {
  const asked: string[] = []
  const ask = async (question: string) => {
    asked.push(question)
    return answer
  }
  const { code, err } = await typed(words('refused'), { ask })
  expect({ code, asked }).toEqual({ code: 1, asked: ['Go on? Type yes: '] })
  expect(err).toContain(`Every call goes on to ${upstream.url}. What it makes there is real, and costs money`)
  expect(err).toMatch(/snapstand: nothing was done\n$/)
  expect(await readdir(folder)).toEqual([])
})

test('calls are passed on and kept until the end, and the last line says what came of it', async () => {
  const { url, stop } = await recording(words('whole', '--redact', 'umbrella'), { ask: async () => 'yes' })
  const made = await fetch(`${url}/v2/snapshot`, {
    method: 'POST',
    body: '{"volumeId":"v-Starter2","snapshotName":"umbrella"}',
    headers: { 'user-agent': 'bce-sdk-test/1.2 (of Umbrella)' }
  })
  expect(made.status).toBe(200)
  expect((await fetch(`${url}/v2/nothing`)).status).toBe(404)
  const { code, out } = await stop()
  expect(code).toBe(0)
  expect(out).toMatch(/^0001 {2}CreateSnapshot {2}200 {2}\d+ ms$/m)
  expect(out).toMatch(/^0002 {2}unknown {2}404 {2}\d+ ms$/m)
  expect(out).toMatch(/^2 exchanges in .*whole\. Replaced: .*id \d+.*word 2.*\. Look at them before you send them\.$/m)
  const { manifest, exchanges } = await readRecording(join(folder, 'whole'))
  expect(manifest).toMatchObject({
    kind: 'recorded',
    rehearsal: true,
    cloud: 'baidu',
    tool: `snapstand 1.2.3, Node ${process.versions.node}`,
    clients: ['bce-sdk-test/1.2', 'node'],
    exchanges: 2,
    withheld: 0
  })
  expect(exchanges.map(({ file }) => file)).toEqual(['0001-CreateSnapshot.json', '0002-unknown.json'])
  expect(exchanges[0]?.request.body).toEqual({ json: { volumeId: 'v-00000001', snapshotName: 'redacted-1' } })
  const whole = await readFile(join(folder, 'whole', '0001-CreateSnapshot.json'), 'utf8')
  expect(whole.toLowerCase()).not.toContain('umbrella')

  const again = await typed(words('whole', '--yes'))
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining('has a recording, and none is written over') })
})

test('a recording with gaps ends with 1', async () => {
  const nobody = [
    'record',
    '--cloud',
    'zenlayer',
    '--upstream',
    'http://127.0.0.1:1',
    '--to',
    join(folder, 'gaps'),
    '--yes'
  ]
  const { url, stop } = await recording(nobody)
  expect((await fetch(`${url}/api/v2/zec`, { method: 'POST' })).status).toBe(502)
  const { code, err } = await stop()
  expect(code).toBe(1)
  expect(err).toMatch(/^0001 {2}unknown {2}not recorded: http:\/\/127\.0\.0\.1:1 does not answer: /m)
  expect(err).toMatch(/snapstand: 1 call was not recorded, as told above\n$/)
})

test('a recording from which a secret had to be kept away ends with 1, and tells the files', async () => {
  const env = { BAIDUCLOUD_ACCESS_KEY: 'the-key-of-the-cloud', BAIDUCLOUD_SECRET_KEY: 'abc' }
  const { url, stop } = await recording(words('withheld', '--yes'), { env })
  const odd = [...'the-key-of-the-cloud'].map((each) => `%2525${each.charCodeAt(0).toString(16)}`).join('')
  await fetch(`${url}/v2/asp`, { headers: { 'x-odd': odd } })
  const { code, err } = await stop()
  expect(code).toBe(1)
  expect(err).toContain('snapstand: 1 exchange was not written, because a secret was still in it: 0001-ListAsps.json\n')
  expect(await readdir(join(folder, 'withheld'))).toEqual(['manifest.json'])
})

test('a port that is taken is told with the way out', async () => {
  const taken = new URL(upstream.url).port
  const { code, err } = await typed(words('taken', '--yes', '--listen', taken))
  expect(code).toBe(1)
  expect(err).toContain(`snapstand: port ${taken} is in use already; choose another with --listen, or 0 for a free one`)
  const { stop } = await recording(words('taken', '--yes'))
  expect(await stop()).toMatchObject({ code: 0 })
})

test('Ctrl-C finishes the manifest, and the help tells every option', async () => {
  await build()
  const program = await startProgram(words('killed', '--yes'))
  expect((await fetch(`${program.url}/v2/asp`)).status).toBe(200)
  expect(await program.stop('SIGINT')).toMatchObject({ code: 0 })
  expect((await readRecording(join(folder, 'killed'))).manifest.exchanges).toBe(1)
  const help = await run(['record', '--help'])
  for (const flag of ['cloud', 'upstream', 'listen', 'to', 'redact', 'ca', 'yes'])
    expect(help.out).toContain(`--${flag}`)
})

test('by https, the certificate of --ca or of NODE_EXTRA_CA_CERTS is trusted, and no other', async () => {
  await build()
  await using secure = await startSnapstand({ tls: true, tlsPort: 0 })
  const { url: at = '', certificateFile = '' } = secure.tls ?? {}
  const line = (to: string, ...more: readonly string[]) => [
    ...['record', '--cloud', 'baidu', '--upstream', at, '--to', join(folder, to), '--yes'],
    ...more
  ]
  const ca = join(folder, 'ca.pem')
  await writeFile(ca, await readFile(certificateFile))
  for (const [to, more, env, status] of [
    ['trusted', ['--ca', ca], {}, 200],
    ['surrounded', [], { NODE_EXTRA_CA_CERTS: ca }, 200],
    ['distrusted', [], {}, 502]
  ] as const) {
    const program = await startProgram(line(to, ...more), env, CLI, ROOT)
    expect((await fetch(`${program.url}/v2/asp`)).status, to).toBe(status)
    await program.stop()
  }
  expect(await typed(line('nofile', '--ca', join(folder, 'none.pem')))).toMatchObject({ code: 2 })
  await writeFile(ca, 'no certificate')
  expect(await typed(line('nopem', '--ca', ca))).toMatchObject({
    code: 2,
    err: expect.stringContaining('holds no certificate')
  })
})
