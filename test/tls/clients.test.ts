import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, type Program, startProgram } from '../program.ts'

// Clients as they are, each told by its own means to trust the one certificate, and nothing else that it trusted before.

const exec = promisify(execFile)
const PATH = process.env.PATH ?? ''
const isThere = (tool: string) => PATH.split(delimiter).some((folder) => existsSync(join(folder, tool)))

let server: Program
let url = ''
let trusted = ''
beforeAll(async () => {
  await build()
  server = await startProgram(['--tls', '--tls-port', '0'])
  url = /https:\/\/127\.0\.0\.1:\d+/.exec(server.banner)?.[0] ?? ''
  trusted = /SSL_CERT_FILE=(\S+)/.exec(server.banner)?.[1] ?? ''
}, 60_000)
afterAll(() => server.stop())

const PYTHON = `
import ssl, sys, urllib.request
context = ssl.create_default_context()
context.verify_flags |= ssl.VERIFY_X509_STRICT
print(urllib.request.urlopen(sys.argv[1], context=context).read().decode())`
const REQUESTS = `
import requests, sys
print(requests.get(sys.argv[1]).text)`
const NODE = 'console.log(await (await fetch(process.argv[1])).text())'

interface Client {
  readonly tool: string
  readonly variable: string
  /** Words with which the tool ends well where it has all that is needed. */
  readonly needs?: readonly string[]
  readonly words: (url: string) => readonly string[]
  /** Which of this client’s words say that it does not trust. */
  readonly distrust: RegExp
}
const clients: readonly Client[] = [
  { tool: 'curl', variable: 'CURL_CA_BUNDLE', words: (at) => ['-sS', at], distrust: /certificate/ },
  {
    tool: 'python3',
    variable: 'SSL_CERT_FILE',
    words: (at) => ['-c', PYTHON, at],
    distrust: /CERTIFICATE_VERIFY_FAILED/
  },
  {
    tool: 'python3',
    needs: ['-c', 'import requests'],
    variable: 'REQUESTS_CA_BUNDLE',
    words: (at) => ['-c', REQUESTS, at],
    distrust: /CERTIFICATE_VERIFY_FAILED/
  },
  {
    tool: process.execPath,
    variable: 'NODE_EXTRA_CA_CERTS',
    words: (at) => ['--input-type=module', '-e', NODE, at],
    distrust: /self-signed certificate/
  }
]

describe.for(clients)('$tool by $variable', ({ tool, variable, needs = [], words, distrust }) => {
  const call = (at: string, env: NodeJS.ProcessEnv) =>
    exec(tool, words(`${at}/_snapstand/health`), { env: { PATH, ...env } })

  test('is answered, by number and by name, and trusts nobody without it', async ({ skip }) => {
    if (!existsSync(tool) && !isThere(tool)) skip(`${tool} is not on this machine`)
    if (needs.length > 0) await exec(tool, [...needs]).catch(() => skip(`${tool} has not all that is needed`))
    for (const at of [url, url.replace('127.0.0.1', 'localhost')]) {
      expect(JSON.parse((await call(at, { [variable]: trusted })).stdout)).toMatchObject({ status: 'ok' })
    }
    await expect(call(url, {})).rejects.toMatchObject({ stderr: expect.stringMatching(distrust) })
  })
})

test('the banner tells where https is and what each client is to trust', () => {
  expect(server.banner).toContain('By https, for clients that are told to trust the certificate:')
  for (const [what, line] of [
    ['Zenlayer ZEC', `${url}/api/v2/zec`],
    ['Zenlayer CLI', `zeno zec describe-disks --endpoint ${url.slice('https://'.length)}`],
    ['Zenlayer Python', `Config\\(domain="${url.slice('https://'.length)}", certification="${trusted}"\\)`],
    ['Python requests', `export REQUESTS_CA_BUNDLE=${trusted}`]
  ] as const) {
    expect(server.banner).toMatch(new RegExp(`^  ${what} +${line.replaceAll('.', '\\.')}$`, 'm'))
  }
})
