// The nastiest single calls within 16 KiB of headers and 1 MiB of body, over HTTP: how long each holds up everybody else.
// Of three runs the least; the time of the processor is that of the whole process, client and garbage collector included.
//   node bench/run.ts bench/calls.ts [part of a name]
import { type RequestOptions, request } from 'node:http'
import { cpus } from 'node:os'
import { gzipSync } from 'node:zlib'
import { clouds as providers } from '../src/clouds.ts'
import { createKeyring } from '../src/config/keys.ts'
import { createCore } from '../src/core/create-core.ts'
import { buildApp } from '../src/http/app.ts'
import { plantSeed, seedOf } from '../src/seed/seed.ts'
import { starterDocument } from '../src/seed/starter.ts'

const GOAL_MS = 100
const BODY = 1024 ** 2
const HEADERS = 15_500

interface Call {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

const now = () => `${new Date().toISOString().slice(0, 19)}Z`
const WRONG = '0'.repeat(64)
const asp = (call: Call, signedHeaders = 'host'): Call => ({
  method: 'GET',
  path: '/v2/asp',
  ...call,
  headers: { authorization: `bce-auth-v1/nasty/${now()}/1800/${signedHeaders}/${WRONG}`, ...call.headers }
})
const zec = (call: Call, signedHeaders = 'content-type;host'): Call => ({
  method: 'POST',
  path: '/api/v2/zec',
  body: '{}',
  ...call,
  headers: {
    'content-type': 'application/json',
    'x-zc-action': 'DescribeDisks',
    'x-zc-version': '2025-09-01',
    'x-zc-timestamp': String(Math.floor(Date.now() / 1000)),
    authorization: `ZC2-HMAC-SHA256 Credential=nasty, SignedHeaders=${signedHeaders}, Signature=${WRONG}`,
    ...call.headers
  }
})
/** Not signed: served, in world `default`. */
const open = ({ headers = {}, ...call }: Call): Call => {
  const { authorization: _signed, ...others } = headers
  return { ...call, headers: others }
}
/** So many headers, of so many bytes together. */
const many = (count: number, prefix: string, value = 'v'): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${prefix}${n}`, value]))
const list = (item: string, bytes = BODY - 100) => `[${Array(Math.floor(bytes / (item.length + 1))).fill(item)}]`
const members = (count: number) => Array.from({ length: count }, (_, n) => `"m${n}":0`).join(',')
const names = (count: number) => Array.from({ length: count }, (_, n) => `h${n}`).join(';')
const blanks = (length: number) => `a${' '.repeat(length)}b`

const CALLS: Readonly<Record<string, Call>> = {
  'Baidu, plain': asp({}),
  'Baidu, a header of blanks': asp({ headers: { 'x-bce-date': now(), 'x-bce-a': blanks(15_000) } }, 'host;x-bce-a'),
  'Baidu, many headers listed': asp(
    { headers: many(600, 'x-bce-', 'äöü '.repeat(2)) },
    ['host', ...Object.keys(many(600, 'x-bce-'))].join(';')
  ),
  'Baidu, many names listed': asp({}, names(2500)),
  'Baidu, many headers not listed': asp({ headers: many(900, 'x-bce-', 'é') }),
  'Baidu, no list, a header to encode': asp({ headers: { 'x-bce-a': '\u00ff'.repeat(14_000) } }, ''),
  'Baidu, a query of marks': asp({ path: `/v2/asp?${'&'.repeat(14_000)}` }),
  'Baidu, a query of names': asp({ path: `/v2/asp?${Array.from({ length: 3000 }, (_, n) => `${n}`).join('&')}` }),
  'Baidu, a query to encode': asp({ path: `/v2/asp?a=${'+'.repeat(14_000)}` }),
  'Baidu, a path of slashes': asp({ path: `/v2/${'/'.repeat(14_000)}` }),
  'Baidu, a path unknown': asp({ path: `/v2/${'x'.repeat(80)}` }),
  'Baidu, slashes in Authorization': asp({ headers: { authorization: '/'.repeat(HEADERS) } }),
  'Baidu, blanks in Authorization': asp({ headers: { authorization: blanks(HEADERS) } }),
  'Baidu, digits of an expiry': asp({
    headers: { authorization: `bce-auth-v1/n/${now()}/${'9'.repeat(15_000)}/host/0` }
  }),
  'Baidu, a session token in the body': asp({
    method: 'POST',
    headers: { 'x-bce-security-token': `${'a'.repeat(15_000)}b` },
    body: 'a'.repeat(BODY)
  }),
  'Baidu, tokens in the query': asp({
    method: 'POST',
    path: `/v2/asp?${'authorization=aaaaaaaaaaaaaaaaab&'.repeat(400)}`,
    body: 'a'.repeat(BODY)
  }),
  'Baidu, members with a clientToken': open(
    asp({
      method: 'POST',
      path: '/v2/asp?clientToken=t',
      body: `{"name":"a","timePoints":[1],"repeatWeekdays":[1],"retentionDays":1,${members(80_000)}}`
    })
  ),
  'Baidu, nested with a clientToken': open(
    asp({
      method: 'POST',
      path: '/v2/asp?clientToken=t',
      body: `{"name":"a","timePoints":[1],"repeatWeekdays":[1],"retentionDays":1,"x":${list('[[[]]]')}}`
    })
  ),
  'Baidu, a list of wrong values': open(asp({ method: 'POST', body: `{"timePoints":${list('{}')}}` })),
  'Baidu, a list of volumes': open(
    asp({ method: 'PUT', path: '/v2/asp/asp-1?attach', body: `{"volumeIds":${list('"v"')}}` })
  ),
  'Baidu, a list of tags': open(asp({ method: 'POST', path: '/v2/volume', body: `{"tags":${list('{"tagKey":""}')}}` })),
  'Baidu, brackets': open(asp({ method: 'POST', body: '['.repeat(BODY - 10) })),
  'Baidu, objects nested': open(asp({ method: 'POST', body: `${'{"a":'.repeat(200_000)}` })),
  'Baidu, broken JSON': open(asp({ method: 'POST', body: `{"a":${list('"x"').slice(0, -3)}` })),
  'Zenlayer, plain': zec({}),
  'Zenlayer, a header of blanks': zec({ headers: { 'x-a': blanks(14_500) } }, 'content-type;host;x-a'),
  'Zenlayer, many names listed': zec({}, `content-type;host;${names(2500)}`),
  'Zenlayer, many headers listed': zec(
    { headers: many(900, 'x-h') },
    `content-type;host;${Object.keys(many(900, 'x-h')).join(';')}`
  ),
  'Zenlayer, a body to write again': zec({ body: list('{"b":"é<","a":[]}', 65_000) }),
  'Zenlayer, a body of brackets': zec({ body: `${'['.repeat(32_000)}${']'.repeat(32_000)}` }),
  'Zenlayer, a body of members': zec({ body: `{${members(6000)}}` }),
  'Zenlayer, a large body': zec({ body: list('{"b":1}') }),
  'Zenlayer, a url of marks': zec({ path: `/api/v2/zec?${'?'.repeat(14_000)}` }),
  'Zenlayer, a query of names': open(
    zec({ path: `/api/v2/zec?${Array.from({ length: 3000 }, (_, n) => `${n}`).join('&')}` })
  ),
  'Zenlayer, an unknown action': open(zec({ headers: { 'x-zc-action': 'Q'.repeat(99) } })),
  'Zenlayer, a long unknown action': open(zec({ headers: { 'x-zc-action': 'Q'.repeat(14_000) } })),
  'Zenlayer, an unknown path': zec({ path: `/api/${'x'.repeat(14_000)}` }),
  'Zenlayer, blanks in Authorization': zec({
    headers: { authorization: `ZC2-HMAC-SHA256 Credential=a,${' '.repeat(14_000)}x` }
  }),
  'Zenlayer, blanks after Bearer': zec({ headers: { authorization: `Bearer${' '.repeat(14_000)}é` } }),
  'Zenlayer, a long token in the body': zec({
    headers: { authorization: `Bearer ${'a'.repeat(14_000)}b` },
    body: 'a'.repeat(BODY)
  }),
  'Zenlayer, a token in the url': zec({
    path: `/api/v2/zec?${'a'.repeat(7000)}`,
    headers: { authorization: `Bearer ${'a'.repeat(7000)}b` }
  }),
  'Zenlayer, a content type of blanks': zec({ headers: { 'content-type': blanks(14_000) } }),
  'Zenlayer, a list of ids': open(zec({ body: `{"diskIds":${list('"d"')}}` })),
  'Zenlayer, a list of tags': open(zec({ body: `{"tags":${list('{}')}}` })),
  'Zenlayer, a list of wrong tags': open(zec({ body: `{"tags":${list('0')}}` })),
  'Zenlayer, members nobody knows': open(zec({ body: `{${members(90_000)}}` })),
  'Zenlayer, brackets': open(zec({ body: '['.repeat(BODY - 10) })),
  'Zenlayer, brackets in a member': open(zec({ body: `{"tags":${'['.repeat(500_000)}${']'.repeat(500_000)}}` })),
  'Zenlayer, objects nested': open(zec({ body: `${'{"tags":'.repeat(100_000)}0${'}'.repeat(100_000)}` })),
  'Zenlayer, a bomb': open(
    zec({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(500 * BODY), { level: 9 }) })
  ),
  'Zenlayer, gzip of a megabyte': open(
    zec({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(`{"diskIds":${list('"d"')}}`) })
  )
}

const seed = seedOf(starterDocument, providers)
const core = createCore({
  rules: Object.fromEntries(providers.map(({ name, rules }) => [name, rules])),
  plant: (world) => plantSeed(seed, providers, world),
  clock: { mode: 'system' }
})
const app = buildApp({ core, providers, keys: createKeyring('verify', []) })
const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))

interface Sent {
  readonly status: number
  /** The longest time for which nothing else could run. */
  readonly pausedMs: number
  readonly cpuMs: number
}

function send({ method = 'GET', path = '/', headers = {}, body = '' }: Call): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const before = process.cpuUsage()
    let pausedMs = 0
    let last = performance.now()
    const timer = setInterval(() => {
      pausedMs = Math.max(pausedMs, performance.now() - last - 1)
      last = performance.now()
    }, 1)
    const options: RequestOptions = {
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) }
    }
    const sent = request(options, (reply) => {
      reply.resume().on('end', () => {
        pausedMs = Math.max(pausedMs, performance.now() - last - 1)
        clearInterval(timer)
        const { user, system } = process.cpuUsage(before)
        resolve({ status: reply.statusCode ?? 0, pausedMs, cpuMs: (user + system) / 1000 })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

console.log(`one call, in ms, on ${cpus()[0]?.model.trim()} × ${cpus().length}, Node ${process.version}`)
console.log(`${''.padEnd(44)}${'pause'.padStart(9)}${'cpu'.padStart(9)}`)
let missed = 0
for (const [name, call] of Object.entries(CALLS)) {
  if (process.argv[2] !== undefined && !name.includes(process.argv[2])) continue
  const runs: Sent[] = []
  while (runs.length < 3 && (runs[0]?.pausedMs ?? 0) < 3000) runs.push(await send(call))
  const pausedMs = Math.min(...runs.map((run) => run.pausedMs))
  const cpuMs = Math.min(...runs.map((run) => run.cpuMs))
  if (pausedMs > GOAL_MS) missed++
  const figures = [pausedMs, cpuMs].map((ms) => ms.toFixed(1).padStart(9)).join('')
  console.log(`${name.padEnd(40)} ${runs[0]?.status}${figures}${pausedMs > GOAL_MS ? `  (goal: ${GOAL_MS})` : ''}`)
}
await app.close()
await core.close()
if (missed > 0) process.exitCode = 1
