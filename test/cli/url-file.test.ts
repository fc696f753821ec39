import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRemote } from '../../src/config/config.ts'
import { startSnapstand } from '../../src/index.ts'
import { build, run, startProgram } from '../program.ts'

let folder = ''
beforeAll(async () => {
  await build()
  folder = await mkdtemp(join(tmpdir(), 'snapstand-url-'))
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

test('commands find a server by the file that it tells its URL by, whatever it was started with', async () => {
  const settings = { SNAPSTAND_URL_FILE: join(folder, 'url') }
  const config = join(folder, 'snapstand.yaml')
  await writeFile(config, 'port: 0\nclock: manual\n')
  const server = await startProgram(['--config', config], { ...settings, SNAPSTAND_PORT: '' })
  try {
    expect(await readFile(settings.SNAPSTAND_URL_FILE, 'utf8')).toBe(`${server.url}\n`)
    expect(await run(['health'], settings)).toMatchObject({ code: 0, out: expect.stringMatching(/^ok, Snapstand/) })
    expect(await run(['clock'], settings)).toMatchObject({ code: 0, out: expect.stringMatching(/manual\n$/) })
  } finally {
    await server.stop()
  }
  expect(existsSync(settings.SNAPSTAND_URL_FILE)).toBe(false)
  expect(await run(['health', '--url', server.url], settings)).toMatchObject({ code: 3 })
})

test('what a command is told itself goes before the file, the file before the configuration', async () => {
  const file = join(folder, 'told')
  await writeFile(file, 'http://127.0.0.1:81\n')
  const env = { SNAPSTAND_URL_FILE: file, SNAPSTAND_PORT: '82' }
  const urlFor = async (flags: object, own: object, more: object = {}) =>
    (await readRemote({ ...flags }, { ...own }, { ...env, ...more })).url
  expect(await urlFor({}, {})).toBe('http://127.0.0.1:81')
  expect(await urlFor({ port: '83' }, {})).toBe('http://127.0.0.1:83')
  expect(await urlFor({}, {}, { SNAPSTAND_URL: 'http://127.0.0.1:84' })).toBe('http://127.0.0.1:84')
  expect(await urlFor({}, { url: 'http://127.0.0.1:85' })).toBe('http://127.0.0.1:85')
  expect(await urlFor({}, {}, { SNAPSTAND_URL_FILE: join(folder, 'nowhere') })).toBe('http://127.0.0.1:82')
})

test('a server of the library tells its URL, too, and takes back only its own', async () => {
  const urlFile = join(folder, 'library')
  const [first, second] = [await startSnapstand({ urlFile }), await startSnapstand({ urlFile })]
  await first.close()
  expect(await readFile(urlFile, 'utf8')).toBe(`${second.url}\n`)
  await second.close()
  expect(existsSync(urlFile)).toBe(false)
})

test('a file that cannot be written is told, and no reason not to serve', async () => {
  const lines: string[] = []
  const urlFile = join(folder, 'none', 'url')
  const server = await startSnapstand({ urlFile, logLevel: 'info', log: (line) => lines.push(line) })
  expect((await fetch(`${server.url}/_snapstand/health`)).status).toBe(200)
  await server.close()
  expect(lines.join('\n')).toMatch(/the URL can’t be told by its file file=".*url" reason="ENOENT/)
})

test('health does not wait for a server that does not answer', async () => {
  const silent = createServer()
  const port = await new Promise<number>((resolve) => {
    silent.listen(0, '127.0.0.1', () => {
      const address = silent.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const url = `http://127.0.0.1:${port}`
  const ended = await run(['health', '--url', url])
  silent.close()
  expect(ended).toEqual({ code: 3, out: '', err: `snapstand: ${url} does not answer within 2.5 seconds\n` })
})
