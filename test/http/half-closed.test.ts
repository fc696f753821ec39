import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Server, start } from '../harness.ts'

let server: Server
let port = 0
beforeAll(async () => {
  server = await start()
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const address = server.app.server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => server.close())

/** What comes until the end, where the client closes its half with the request. */
function sentAndClosed(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(text))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()))
    socket.on('error', reject)
    socket.setTimeout(20_000, () => socket.destroy(new Error('the server did not end')))
  })
}

const request = (line: string, body = '', headers = '') =>
  `${line} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`
const policy = JSON.stringify({ name: 'p', timePoints: ['1'], repeatWeekdays: ['1'], retentionDays: '7' })
const zec = 'x-zc-action: DescribeDisks\r\nx-zc-version: 2025-09-01\r\n'

test.for([
  ['an advance', request('POST /_snapstand/clock/advance', '{"by":"P1Y"}'), /^HTTP\/1\.1 200 .*"to":"2027-/s],
  ['a call of Zenlayer', request('POST /api/v2/zec', '{}', zec), /^HTTP\/1\.1 200 .*"dataSet"/s],
  ['a call of Baidu', request('POST /v2/asp', policy), /^HTTP\/1\.1 200 .*"aspId"/s],
  [
    'the first of two calls',
    request('GET /v2/asp') + request('GET /v2/volume'),
    /"autoSnapshotPolicys".*HTTP\/1\.1 200 .*"volumes"/is
  ],
  ['an export', request('GET /_snapstand/state'), /^HTTP\/1\.1 200 .*\}\s+0\r\n\r\n$/s],
  ['half a body', request('POST /v2/asp', policy).slice(0, -3), /^HTTP\/1\.1 400 .*"requestId"/s]
] as const)('%s is answered to a client that has closed its half', async ([, text, answer]) => {
  expect(await sentAndClosed(text)).toMatch(answer)
})

const expectation = JSON.stringify({ operation: 'CreateSnapshot', withinMs: 30_000 })
const waiting = request('POST /_snapstand/requests/expect?world=WORLD', expectation)

test('who waits for a call and has closed his half is answered when it comes', async () => {
  const answer = sentAndClosed(waiting.replace('WORLD', 'half'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  await server.zenlayer('CreateSnapshot', { diskId: '1700000000000000102', snapshotName: 'a' }, { key: 'half' })
  expect(await answer).toMatch(/^(HTTP\/1\.1 100 Continue\r\n\r\n)*HTTP\/1\.1 200 .*"count":1/s)
})

const connections = () =>
  new Promise<number>((resolve) => server.app.server.getConnections((_error, count) => resolve(count)))

test.for([
  ['waits for a call', waiting],
  ['follows the events', request('GET /_snapstand/events')]
] as const)('one who %s and goes leaves no connection behind', async ([, text]) => {
  const before = await connections()
  const socket = connect(port, '127.0.0.1')
  socket.write(text)
  while ((await connections()) === before) await new Promise((resolve) => setTimeout(resolve, 5))
  await new Promise((resolve) => setTimeout(resolve, 50))
  const from = performance.now()
  socket.destroy()
  while ((await connections()) > before) await new Promise((resolve) => setTimeout(resolve, 5))
  console.log(`gone after ${Math.round(performance.now() - from)} ms`)
})
