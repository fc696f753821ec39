import { clouds } from '../fuzz/clouds.ts'
import { randomOf } from '../random.ts'
import { createCloudRequests } from '../requests/clouds.ts'
import { createControlRequests } from '../requests/control.ts'
import type { ControlTable } from '../requests/control-routes.ts'
import { bytesOf, targetOf } from '../requests/request.ts'
import { type CloudName, signedBy } from '../requests/signing.ts'
import { createWords, type Words } from '../requests/words.ts'
import { clientOf, jsonIn } from '../server/client.ts'
import { type Answer, connectionTo } from '../server/connection.ts'

/** What is done to a world beside the clouds' calls, and how often each. */
const CONTROL: Readonly<Record<string, number>> = {
  'POST /_snapstand/clock/advance': 8,
  'PATCH /_snapstand/settings': 4,
  'PUT /_snapstand/:provider/volumes/:id/content': 2,
  'PUT /_snapstand/checkpoints/:name': 3,
  'POST /_snapstand/checkpoints/:name/restore': 2,
  'DELETE /_snapstand/checkpoints/:name': 1,
  'PUT /_snapstand/faults/:id': 4,
  'GET /_snapstand/faults': 1,
  'DELETE /_snapstand/faults/:id': 1,
  'GET /_snapstand/agenda': 1,
  'GET /_snapstand/:provider/policies/:id/occurrences': 1,
  'POST /_snapstand/reset': 1
}
const CONTROLLED = 0.2

export interface LifeOptions {
  readonly seed: number
  readonly steps: number
  readonly control: ControlTable
  readonly fixtures: Readonly<Record<CloudName, Words>>
  /** There is a proxy between: what it refuses itself is not sent. */
  readonly isProxied?: boolean
}

/** What came of a life: it depends on the world's name and the seed, and on nothing else. */
export interface Life {
  /** Each call of a cloud, and how it was answered. */
  readonly calls: readonly { readonly asked: string; readonly answered: string }[]
  /** The export. */
  readonly state: string
  /** Without wall times and durations. */
  readonly journal: string
}

/** Lives through a world: random calls of both clouds, advances, settings, checkpoints, resets, one after the other. */
export async function liveOn(port: number, world: string, options: LifeOptions): Promise<Life> {
  const random = randomOf(options.seed, world)
  const host = `127.0.0.1:${port}`
  const connection = connectionTo(port)
  const { fixtures } = options
  const words = { zenlayer: createWords(fixtures.zenlayer), baidu: createWords(fixtures.baidu), control: createWords() }
  const requests = {
    zenlayer: createCloudRequests('zenlayer', random, words.zenlayer),
    baidu: createCloudRequests('baidu', random, words.baidu)
  }
  const controlRequests = createControlRequests(random, options.control, () => ({ world, words, documents: [] }))
  const routes = options.control.routes.flatMap((route) =>
    Array<typeof route>(CONTROL[`${route.method} ${route.path}`] ?? 0).fill(route)
  )
  const calls: { readonly asked: string; readonly answered: string }[] = []
  try {
    for (let step = 0; step < options.steps; step++) {
      if (random.chance(CONTROLLED)) {
        const request = controlRequests.of(random.pick(routes), 'valid')
        await connection.send(bytesOf(request, host), request.method)
        continue
      }
      const { name, operations } = random.pick(clouds)
      const plain = requests[name].of(random.pick(operations), random.chance(0.8) ? 'valid' : 'near')
      const request = signedBy(world, name, plain, host) ?? plain
      if (options.isProxied && refusedByNginx(targetOf(request))) continue
      const answer = await connection.send(bytesOf(request, host), request.method)
      const action = plain.headers['x-zc-action'] ?? ''
      const asked = `${plain.method} ${targetOf(plain)} ${action} ${plain.body}`
      calls.push({ asked, answered: `${answer.status} ${answer.body}` })
      learn(words[name], answer)
    }
    return { calls, ...(await told(port, world)) }
  } finally {
    connection.close()
  }
}

/** A path that ends in the middle, or that can't be decoded. */
function refusedByNginx(target: string): boolean {
  return /^[^?]*(?:%00|%(?![0-9a-f]{2}))/i.test(target)
}

function learn(words: Words, { status, body }: Answer): void {
  if (status === 200 && body.length > 0) words.learn(JSON.parse(body.toString()))
}

async function told(port: number, world: string): Promise<Pick<Life, 'state' | 'journal'>> {
  const client = clientOf(port)
  try {
    const journal = jsonIn(await client.control('GET', `/requests?world=${world}&limit=10000`))
    const state = (await client.control('GET', `/state?world=${world}`)).body.toString()
    return { state, journal: timeless(journal) }
  } finally {
    client.close()
  }
}

/**
 * A journal without wall times and durations. A call that was refused before its world was there has the wall clock's
 * instant for the world's: it is the one that its wall time says.
 */
export function timeless(journal: object): string {
  return JSON.stringify(journal, (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('wallAt' in value)) return value
    const { wallAt, ...entry } = value
    const { durationMs: _took, at, ...others }: { durationMs?: unknown; at?: unknown } = entry
    return at === wallAt ? others : { ...others, at }
  })
}

/** Where two lives of one world differ first, in words. */
export function differenceOf(together: Life, alone: Life): string | undefined {
  for (const [at, { asked, answered }] of together.calls.entries()) {
    const other = alone.calls[at]
    if (other?.asked === asked && other.answered === answered) continue
    return `call ${at}\n  asked    ${cut(asked)}\n  together ${cut(answered)}\n  alone    ${cut(other?.answered ?? 'nothing')}`
  }
  return (
    textDifference('the export', together.state, alone.state) ??
    textDifference('the journal', together.journal, alone.journal)
  )
}

const CONTEXT = 80

function textDifference(what: string, together: string, alone: string): string | undefined {
  if (together === alone) return undefined
  let at = 0
  while (together[at] === alone[at]) at++
  const around = (text: string) => text.slice(Math.max(0, at - CONTEXT), at + CONTEXT)
  return `${what}, at character ${at}\n  together ${around(together)}\n  alone    ${around(alone)}`
}

function cut(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}…` : text
}
