import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { signedHeaders } from '../../build/signed-call.ts'
import { runWith, type Served, serveWith } from './installed.ts'

const DISK = '1700000000000000102'
const END_MS_MAX = 3000

/** What must hold of the installed package on every Node that it is made for. Throws what does not. */
export async function smoke(node: string, project: string): Promise<void> {
  await bothClouds(node, project)
  await fileMode(node, project)
  await library(node, project)
  await client(node, project)
}

async function bothClouds(node: string, project: string): Promise<void> {
  const server = await serveWith(node, project, [])
  try {
    assert.equal((await zenlayer(server, 'CreateSnapshot', { diskId: DISK, snapshotName: 'first' })).status, 200)
    const volumes = await fetch(`${server.url}/v2/volume`)
    assert.match(await volumes.text(), /"id":"v-Starter2"/)
    const health = await runWith(node, project, 'npx', ['--no-install', 'snapstand', 'health', '--url', server.url])
    assert.match(health.out, /^ok, Snapstand \d/)
    assert.equal(health.code, 0)
  } finally {
    // fetch keeps its connections: the end does not wait for them.
    await endsInOrder(server)
  }
}

async function fileMode(node: string, project: string): Promise<void> {
  const data = await mkdtemp(join(project, 'data-'))
  try {
    const first = await serveWith(node, project, ['--data', data])
    await zenlayer(first, 'CreateSnapshot', { diskId: DISK, snapshotName: 'kept' })
    await endsInOrder(first)
    const second = await serveWith(node, project, ['--data', data])
    const { text } = await zenlayer(second, 'DescribeSnapshots', {})
    assert.match(text, /"snapshotName":"kept"/)
    await endsInOrder(second)
  } finally {
    await rm(data, { recursive: true })
  }
}

async function library(node: string, project: string): Promise<void> {
  const text = `import { createRequire } from 'node:module'
import { get } from 'node:https'
import { startSnapstand } from 'snapstand'
const server = await startSnapstand({ tls: true, metrics: true })
const { status } = await fetch(server.url + '/v2/volume')
const secure = await new Promise((resolve, reject) => {
  const options = { ca: server.tls.certificate, agent: false }
  get(server.tls.url + '/v2/volume', options, (answer) => resolve(answer.resume().statusCode)).once('error', reject)
})
const counted = await (await fetch(server.url + '/_snapstand/metrics')).text()
await server.close()
console.log(status, secure, /^snapstand_calls_total.* 2$/m.test(counted), createRequire(import.meta.url)('snapstand').startSnapstand === startSnapstand)
`
  await writeFile(join(project, 'use.js'), text)
  assert.deepEqual(await runWith(node, project, node, ['use.js']), { code: 0, out: '200 200 true true\n', err: '' })
}

/** The client lifts the limit of this Node's fetch, which keeps what sends for it in a place of its own. */
async function client(node: string, project: string): Promise<void> {
  const text = `import { startSnapstand } from 'snapstand'
import { connect } from 'snapstand/client'
const server = await startSnapstand({ clock: 'manual', clockAt: '2026-01-05T08:00:00Z' })
const places = [2, 1].map((version) => Symbol.for('undici.globalDispatcher.' + version))
const limits = []
for (const place of places.filter((each) => Headers && globalThis[each])) {
  globalThis[place] = globalThis[place].compose((dispatch) => (call, handler) => {
    limits.push(call.headersTimeout, call.bodyTimeout)
    return dispatch(call, handler)
  })
}
const { to } = await connect(server.url).world('run-17').clock.advance('P7D')
await server.close()
console.log(to, limits.join())
`
  await writeFile(join(project, 'client.js'), text)
  const out = '2026-01-12T08:00:00.000Z 0,0\n'
  assert.deepEqual(await runWith(node, project, node, ['client.js']), { code: 0, out, err: '' })
}

/** A signed call, with the answer's text. */
async function zenlayer({ url }: Served, action: string, members: object): Promise<{ status: number; text: string }> {
  const body = JSON.stringify(members)
  const headers = signedHeaders('smoke', new URL(url).host, action, body)
  const answer = await fetch(`${url}/api/v2/zec`, { method: 'POST', headers, body })
  return { status: answer.status, text: await answer.text() }
}

async function endsInOrder(server: Served): Promise<void> {
  const { code, err, tookMs } = await server.stop()
  assert.deepEqual({ code, err }, { code: 0, err: '' })
  assert.ok(tookMs < END_MS_MAX, `it took ${Math.round(tookMs)} ms to end`)
}
