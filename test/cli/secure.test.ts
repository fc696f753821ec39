import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build, type Program, run, startProgram } from '../program.ts'

let folder = ''
let urlFile = ''
let server: Program
let secure = ''
let certificate = ''
beforeAll(async () => {
  await build()
  folder = await mkdtemp(join(tmpdir(), 'snapstand-secure-'))
  urlFile = join(folder, 'url')
  server = await startProgram(['--tls', '--tls-port', '0', '--url-file', urlFile, '--control-token', 'hush'])
  const [, url = '', file = ''] = (await readFile(urlFile, 'utf8')).split('\n')
  secure = url
  certificate = file
}, 60_000)
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

const OK = { code: 0, out: expect.stringMatching(/^ok, Snapstand /) }

test('the file that tells the URL tells by https, too, and what is to be trusted there', () => {
  expect(secure).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  expect(server.banner).toContain(`SSL_CERT_FILE=${certificate}\n`)
})

test('health is asked by https as by http, and wants no token', async () => {
  expect(await run(['health'], { SNAPSTAND_URL_FILE: urlFile })).toMatchObject(OK)
  expect(await run(['health', '--url', secure], { SNAPSTAND_URL_FILE: urlFile })).toMatchObject(OK)
  const byName = secure.replace('127.0.0.1', 'localhost')
  expect(await run(['health', '--url', byName], { SNAPSTAND_URL_FILE: urlFile })).toMatchObject(OK)
  expect(await run(['health', '--url', secure], { NODE_EXTRA_CA_CERTS: certificate })).toMatchObject(OK)
})

test('other commands go by https, too, with the token', async () => {
  const env = { SNAPSTAND_URL_FILE: urlFile, SNAPSTAND_URL: secure }
  expect(await run(['clock'], { ...env, SNAPSTAND_CONTROL_TOKEN: 'hush' })).toMatchObject({ code: 0 })
  expect(await run(['clock'], env)).toMatchObject({ code: 1, err: expect.stringContaining('--control-token') })
})

test('who is not trusted is told apart from who is not there', async () => {
  for (const command of ['health', 'clock']) {
    expect(await run([command, '--url', secure])).toEqual({
      code: 3,
      out: '',
      err: `snapstand: the certificate of ${secure} is not trusted: name its file in NODE_EXTRA_CA_CERTS; or give the --url-file that the server got\n`
    })
  }
  const plainly = await run(['health', '--url', server.url.replace('http:', 'https:')])
  expect(plainly).toMatchObject({ code: 3, err: expect.stringContaining('nothing answers at https://') })
})

test('the port for https that is taken is told with its flag', async () => {
  const port = new URL(secure).port
  expect(await run(['--port', '0', '--tls', '--tls-port', port])).toEqual({
    code: 1,
    out: '',
    err: `snapstand: port ${port} of 127.0.0.1 is in use already; choose another with --tls-port, or 0 for a free one\n`
  })
})
