import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { ZENLAYER_DISK, zenlayerCall } from '../measure/calls.ts'
import { ask, bytesOf, send } from '../measure/load.ts'
import { FLAGS, SNAPSTAND } from '../measure/places.ts'
import { type Program, startProgram } from '../measure/program.ts'
import { type Effort, type Figure, type Result, type Spread, spreadOf } from '../measure/result.ts'

/** Packages of others are no part of this repository: they are installed when this figure is taken. */
const FOLDER = resolve('.tmp/peers')

/** Another emulator, started as its own README says, and the calls of its that are most like ours. */
interface Peer {
  readonly title: string
  start(): Promise<Program>
  /** What must be there before the first call. */
  prepare?(port: number): Promise<void>
  readonly create: { readonly what: string; call(port: number): Buffer }
  readonly page: {
    readonly what: string
    call(port: number): Buffer
    fill?(port: number, count: number): Promise<void>
  }
}

const ours: Peer = {
  title: 'Snapstand',
  start: () => startProgram(process.execPath, [SNAPSTAND, ...FLAGS]),
  create: {
    what: 'CreateSnapshot, signed',
    call: (port) => zenlayerCall(port, 'CreateSnapshot', { diskId: ZENLAYER_DISK, snapshotName: 'first' })
  },
  page: {
    what: 'DescribeSnapshots, 20 rows',
    call: (port) => zenlayerCall(port, 'DescribeSnapshots', { pageSize: 20 })
  }
}

/** No emulator of AWS verifies it, but each wants one. */
const signedFor = (port: number, service: string) => ({
  host: `127.0.0.1:${port}`,
  'x-amz-date': '20260101T000000Z',
  authorization: `AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`
})

function dynalite(version: string): Peer {
  const call = (port: number, action: string, body: object) =>
    bytesOf(
      'POST',
      '/',
      {
        ...signedFor(port, 'dynamodb'),
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${action}`
      },
      JSON.stringify(body)
    )
  const item = (id: string) => ({ id: { S: id }, name: { S: 'first' }, diskId: { S: ZENLAYER_DISK } })
  return {
    title: `dynalite ${version}`,
    async start() {
      const port = await freePort()
      return startProgram(process.execPath, [inFolder('node_modules/dynalite/cli.js'), '--port', `${port}`], {
        says: /listening at: http:\/\/[^:]+:(\d+)/
      })
    },
    async prepare(port) {
      await ask(
        port,
        call(port, 'CreateTable', {
          TableName: 'snapshots',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST'
        })
      )
      // A table takes half a second to become active.
      await new Promise((resolve) => setTimeout(resolve, 1500))
    },
    create: {
      what: 'PutItem',
      call: (port) => call(port, 'PutItem', { TableName: 'snapshots', Item: item('first') })
    },
    page: {
      what: 'Scan, 20 items',
      call: (port) => call(port, 'Scan', { TableName: 'snapshots', Limit: 20 }),
      async fill(port, count) {
        for (let n = 0; n < count; n += 25) {
          const puts = Array.from({ length: 25 }, (_, more) => ({ PutRequest: { Item: item(`item-${n + more}`) } }))
          await ask(port, call(port, 'BatchWriteItem', { RequestItems: { snapshots: puts } }))
        }
      }
    }
  }
}

function fauxqs(version: string): Peer {
  const call = (port: number, action: string, body: object) =>
    bytesOf(
      'POST',
      '/',
      {
        ...signedFor(port, 'sqs'),
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${action}`
      },
      JSON.stringify(body)
    )
  const queue = (port: number) => `http://sqs.us-east-1.localhost:${port}/000000000000/bench`
  const message = (port: number) => call(port, 'SendMessage', { QueueUrl: queue(port), MessageBody: 'first' })
  return {
    title: `fauxqs ${version}`,
    async start() {
      const port = await freePort()
      return startProgram(process.execPath, [inFolder('node_modules/fauxqs/dist/cli.js')], {
        says: /listening at http:\/\/127\.0\.0\.1:(\d+)/,
        env: { FAUXQS_PORT: `${port}` }
      })
    },
    prepare: async (port) => {
      await ask(port, call(port, 'CreateQueue', { QueueName: 'bench' }))
    },
    create: { what: 'SendMessage', call: message },
    page: {
      what: 'ReceiveMessage, 10 messages, its most',
      call: (port) =>
        call(port, 'ReceiveMessage', { QueueUrl: queue(port), MaxNumberOfMessages: 10, VisibilityTimeout: 0 })
    }
  }
}

function moto(version: string): Peer {
  const call = (port: number, action: string, more: Readonly<Record<string, string>>) =>
    bytesOf(
      'POST',
      '/',
      { ...signedFor(port, 'ec2'), 'content-type': 'application/x-www-form-urlencoded' },
      new URLSearchParams({ Action: action, Version: '2016-11-15', ...more }).toString()
    )
  let volume = ''
  return {
    title: `moto ${version}`,
    async start() {
      const port = await freePort()
      return startProgram(inFolder('python/bin/moto_server'), ['-p', `${port}`], {
        says: /Running on http:\/\/127\.0\.0\.1:(\d+)/
      })
    },
    async prepare(port) {
      const answer = await ask(port, call(port, 'CreateVolume', { AvailabilityZone: 'us-east-1a', Size: '20' }))
      volume = /<volumeId>([^<]+)/.exec(answer)?.[1] ?? ''
    },
    create: { what: 'CreateSnapshot', call: (port) => call(port, 'CreateSnapshot', { VolumeId: volume }) },
    page: {
      what: 'DescribeSnapshots, 20 rows',
      call: (port) => call(port, 'DescribeSnapshots', { MaxResults: '20', 'Owner.1': 'self' })
    }
  }
}

function inFolder(path: string): string {
  return resolve(FOLDER, path)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** Those that could be installed here. */
function installed(): readonly Peer[] {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(inFolder('package.json'), '{ "private": true }\n')
  return [
    ...attempt('dynalite and fauxqs', () => {
      const has = existsSync(inFolder('node_modules/fauxqs')) && existsSync(inFolder('node_modules/dynalite'))
      if (!has) run('npm', ['install', '--no-audit', '--no-fund', '--silent', 'dynalite', 'fauxqs'])
      const versionOf = (name: string): string =>
        JSON.parse(readFileSync(inFolder(`node_modules/${name}/package.json`), 'utf8')).version
      return [dynalite(versionOf('dynalite')), fauxqs(versionOf('fauxqs'))]
    }),
    ...attempt('moto', () => {
      if (!existsSync(inFolder('python/bin/moto_server'))) {
        run('python3', ['-m', 'venv', 'python'])
        run(inFolder('python/bin/pip'), ['install', '--quiet', 'moto[server,ec2]'])
      }
      const shown = run(inFolder('python/bin/pip'), ['show', 'moto'])
      return [moto(/^Version: (\S+)/m.exec(shown)?.[1] ?? '')]
    })
  ]
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { cwd: FOLDER, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

function attempt(what: string, install: () => readonly Peer[]): readonly Peer[] {
  try {
    return install()
  } catch (error) {
    console.error(`${what}: left out, it could not be installed (${error instanceof Error ? error.message : error})`)
    return []
  }
}

interface Taken {
  readonly startMs: Spread
  readonly restMiB: Spread
  readonly createsPerSecond: Spread
  readonly pagesPerSecond: Spread
}

const START_RUNS = 5
/** So long is measured at a time, however slow it is. */
const ROUND_MS = 1500

async function taken(peer: Peer, { rounds, quick }: Effort): Promise<Taken> {
  const starts: number[] = []
  for (let n = 0; n < (quick ? 1 : START_RUNS); n++) {
    const begin = performance.now()
    const program = await peer.start()
    await peer.prepare?.(program.port).catch(() => {})
    starts.push(performance.now() - begin - (peer.title.startsWith('dynalite') ? 1500 : 0))
    await program.end()
  }
  const program = await peer.start()
  const { port } = program
  try {
    await peer.prepare?.(port)
    await new Promise((resolve) => setTimeout(resolve, quick ? 100 : 2000))
    const held = [program.residentMiB()]
    const create = peer.create.call(port)
    const created = await rates(port, () => create, quick ? 1 : Math.min(rounds, 3))
    const count = quick ? 100 : 10_000
    if (peer.page.fill) await peer.page.fill(port, count)
    else await send(port, create, Math.max(0, count - created.count))
    const paged = await rates(port, () => peer.page.call(port), quick ? 1 : Math.min(rounds, 3))
    return {
      startMs: spreadOf(starts),
      restMiB: spreadOf(held),
      createsPerSecond: spreadOf(created.perSecond),
      pagesPerSecond: spreadOf(paged.perSecond)
    }
  } finally {
    await program.end()
  }
}

/** How many calls a second, in rounds that a slow server is not kept at for minutes. */
async function rates(port: number, call: () => Buffer, rounds: number) {
  const begin = performance.now()
  await send(port, call(), WARM_UP)
  const each = (performance.now() - begin) / WARM_UP
  // So slow that nobody would wait for more of it.
  if (each > SLOW_MS) return { perSecond: [1000 / each], count: WARM_UP }
  const count = Math.max(WARM_UP, Math.min(4000, Math.round(ROUND_MS / each)))
  const perSecond: number[] = []
  await send(port, call(), count)
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now()
    await send(port, call(), count)
    perSecond.push((count * 1000) / (performance.now() - begin))
  }
  return { perSecond, count: WARM_UP + count * (rounds + 1) }
}
const WARM_UP = 8
const SLOW_MS = 500

/** Other emulators, each as its README starts it, and what they do that is most like what Snapstand does. */
export const peers: Figure = {
  name: 'peers',
  about: 'other emulators: dynalite, fauxqs, moto',
  async run(effort) {
    const own = await taken(ours, effort)
    const results: Result[] = []
    for (const peer of installed()) {
      try {
        const its = await taken(peer, effort)
        const line = (name: string, what: string, unit: Result['unit'], value: Spread, beside: string, other: Spread) =>
          results.push({
            ...{ name: `${peer.title.split(' ')[0]}.${name}`, what: `${peer.title}: ${what}`, unit, value },
            yardstick: { what: `Snapstand: ${beside}`, value: other }
          })
        line('start', 'start to first answer', 'ms', its.startMs, 'the same', own.startMs)
        line('rest', 'resident at rest', 'MiB', its.restMiB, 'the same', own.restMiB)
        const { create, page } = peer
        line('create', `${create.what}, a second`, '1/s', its.createsPerSecond, ours.create.what, own.createsPerSecond)
        line('page', `${page.what} of 10,000, a second`, '1/s', its.pagesPerSecond, ours.page.what, own.pagesPerSecond)
      } catch (error) {
        console.error(`${peer.title}: left out (${error instanceof Error ? error.message : error})`)
      }
    }
    return { results }
  }
}
