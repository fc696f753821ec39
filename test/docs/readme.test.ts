import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { banner } from '../../src/cli/banner.ts'
import { clouds } from '../../src/clouds.ts'
import { readConfig } from '../../src/config/config.ts'
import { parseDocument } from '../../src/documents/document.ts'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { build, ROOT, run } from '../program.ts'

const readme = readFileSync(`${ROOT}README.md`, 'utf8')

/** Each block of shell commands that calls the server, with the answer that is shown below it. */
const examples = [...readme.matchAll(/```sh\n([\s\S]*?)```\n\n```json\n([\s\S]*?)```/g)].map(
  ([, commands = '', answer = '']) => ({ commands, answer })
)

let server: Snapstand
beforeAll(async () => {
  server = await startSnapstand()
})
afterAll(() => server.close())

/** What of an answer stays the same from run to run: its members and their types, and texts that nobody makes up. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]))
  }
  const made = /^(T?[0-9a-f]{8}-[0-9a-f-]{27}|\d{19}|(asp|v|s|i)-[0-9A-Za-z]{8}|\d{4}-\d\d-\d\dT[\d:.]+Z)$/i
  return typeof value === 'string' ? value.replace(made, (text) => text.replaceAll(/[\da-z]/gi, 'x')) : value
}

test('the README shows calls of both clouds, a refusal and the clock', () => {
  expect(examples.length).toBeGreaterThanOrEqual(4)
  expect(examples.every(({ commands }) => commands.includes('http://127.0.0.1:7420/'))).toBe(true)
})

test.for(examples.map((example, index) => [index + 1, example] as const))(
  'example %i works as typed and answers what is shown',
  async ([, { commands, answer }]) => {
    // A reader takes a minute for each: what the one before began has ended.
    await fetch(`${server.url}/_snapstand/clock/advance`, { method: 'POST', body: '{"by":"PT1M"}' })
    // Typed into a shell, but for the address: a free port stands in for the one of the README.
    const typed = commands.replaceAll('http://127.0.0.1:7420', server.url)
    const { stdout } = await promisify(execFile)('bash', ['-ec', typed], { env: { PATH: process.env.PATH } })
    expect(shapeOf(JSON.parse(stdout))).toEqual(shapeOf(JSON.parse(answer)))
  }
)

const programs = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text = '']) => text)

test.for(programs.map((program, index) => [index + 1, program] as const))(
  'program %i runs as it stands, and prints what its comments say',
  async ([, program]) => {
    const said = [...program.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, words = '']) => words)
    expect(said.length).toBeGreaterThan(0)
    await build()
    const { mkdtemp, rm, writeFile } = await import('node:fs/promises')
    // In this package, `snapstand` is what was built.
    const folder = await mkdtemp(`${ROOT}.tmp/readme-`)
    try {
      const file = `${folder}/program.ts`
      await writeFile(file, program.replaceAll('http://127.0.0.1:7420', server.url))
      expect(await run([], {}, file)).toEqual({ code: 0, out: `${said.join('\n')}\n`, err: '' })
    } finally {
      await rm(folder, { recursive: true })
    }
  }
)

test('the events of the README are told as typed', async () => {
  const [, typed = ''] = /```\n(curl -N .*\/events)\n```/.exec(readme) ?? []
  const command = `exec ${typed.replaceAll('http://127.0.0.1:7420', server.url)}`
  const told = spawn('bash', ['-ec', command], { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    await new Promise((resolve) => told.stdout.once('data', resolve))
    await fetch(`${server.url}/v2/volume`)
    let text = ''
    for await (const chunk of told.stdout) {
      text += chunk
      if (text.includes('"operation":"ListVolumes"')) break
    }
    expect(text).toMatch(/^id: .*\nevent: request\ndata: \{"type":"request",/m)
  } finally {
    told.kill()
  }
})

test('the clients of the README are those of the banner, with the same settings', () => {
  const rows = [...readme.matchAll(/^\| ((?:Zenlayer|Baidu) \w+) \| `(.*)` \|$/gm)]
  const told = banner('http://127.0.0.1:7420', '', { clouds, control: true }).replaceAll('export ', '')
  expect(rows.length).toBe(10)
  for (const [, client = '', setting = ''] of rows) expect(told).toMatch(`  ${client.padEnd(18)}  ${setting}\n`)
})

test('the configuration file of the README is right', async () => {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? []
  const { value } = await parseDocument('README.md', text)
  expect(value).toMatchObject({ port: 7420, clock: 'manual' })
  const { mkdtemp, rm, writeFile } = await import('node:fs/promises')
  const folder = await mkdtemp(`${ROOT}.tmp/readme-`)
  try {
    await writeFile(`${folder}/snapstand.yaml`, text)
    expect(await readConfig({ config: `${folder}/snapstand.yaml` }, {})).toMatchObject({
      clockAt: Date.UTC(2026, 0, 5, 8),
      seed: `${folder}/seeds/mine.yaml`,
      keys: [{ id: 'AKEXAMPLE', secret: 'not-a-secret', world: 'team' }]
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the links of the README lead somewhere', () => {
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)
  expect(links.length).toBeGreaterThan(3)
  for (const link of links) expect(() => readFileSync(`${ROOT}${link}`)).not.toThrow()
})
