import type { Operation, Provider } from '../../src/providers/provider.ts'
import { wrongOfBytes } from '../answers/bytes.ts'
import type { Judge, Verdict } from '../answers/judge.ts'
import { type Random, randomOf } from '../random.ts'
import { mangled } from '../requests/change.ts'
import { type Aim, createCloudRequests, type Seal } from '../requests/clouds.ts'
import { createControlRequests } from '../requests/control.ts'
import type { ControlRoute, ControlTable } from '../requests/control-routes.ts'
import { bytesOf, type Request } from '../requests/request.ts'
import type { CloudName } from '../requests/signing.ts'
import { createWords, type Words } from '../requests/words.ts'
import { type Answer, connectionTo, exchange, Unanswered } from '../server/connection.ts'
import { againOf, type Findings, waysOf } from './findings.ts'
import { shrunk } from './shrink.ts'

/** What all lanes of a run share. */
export interface LaneOptions {
  readonly seed: number
  readonly port: number
  readonly clouds: readonly (Provider & { readonly name: CloudName })[]
  readonly control: ControlTable
  readonly judge: Judge
  /** Words that no schema tells, by cloud. */
  readonly fixtures: Readonly<Record<CloudName, Words>>
  /** Documents that can be put in a world's place. */
  readonly documents: readonly string[]
  readonly findings: Findings
  /** Operations and routes that succeeded, of all lanes. */
  readonly reached: Set<string>
}

/** A request that was answered, and when. */
export interface Sent {
  readonly bytes: Buffer
  readonly from: number
  readonly until: number
}

/** One connection, with worlds of its own that no other lane touches: what it sends depends on the seed alone. */
export interface Lane {
  step(): Promise<void>
  /** The last requests. */
  readonly latest: readonly Sent[]
  close(): void
}

const RESET_AFTER = 250
const KEPT_DOCUMENTS = 3
const LATEST = 32
const LISTENING_MS = 1000
const HEAVY: Readonly<Record<string, number>> = {
  'GET /_snapstand/state': 0.15,
  'GET /_snapstand/requests': 0.15,
  'GET /_snapstand/operations': 0.1,
  'PUT /_snapstand/state': 0.3,
  'POST /_snapstand/reset': 0.1,
  'DELETE /_snapstand/worlds/:id': 0.3,
  'POST /_snapstand/clock/advance': 3,
  'PUT /_snapstand/moves/:id': 2,
  'POST /_snapstand/moves/:id/finish': 8
}

interface LaneWorld {
  readonly id: string
  readonly words: Readonly<Record<CloudName | 'control', Words>>
  calls: number
}

export function createLane(options: LaneOptions, number: number): Lane {
  const { seed, port, clouds, control, judge, fixtures, findings, reached } = options
  const random = randomOf(seed, `lane ${number}`)
  const host = `127.0.0.1:${port}`
  const connection = connectionTo(port)
  const worlds = ['a', 'b'].map((name): LaneWorld => worldOf(`fuzz-${number}-${name}`, fixtures))
  const documents = [...options.documents]
  const latest: Sent[] = []
  /** By this lane: what others reach must not change what it sends. */
  const ownReached = new Set<string>()
  const note = (name: string) => {
    ownReached.add(name)
    reached.add(name)
  }
  let world = random.pick(worlds)
  let begun: { readonly world: string; readonly move: string } | undefined

  const requests = {
    zenlayer: createCloudRequests(
      'zenlayer',
      random,
      wordsOf('zenlayer', () => world)
    ),
    baidu: createCloudRequests(
      'baidu',
      random,
      wordsOf('baidu', () => world)
    )
  }
  const controlRequests = createControlRequests(random, control, () => ({
    world: world.id,
    words: world.words,
    begun,
    documents
  }))

  const send = async (request: Request): Promise<{ readonly bytes: Buffer; readonly answer: Answer }> => {
    const bytes = bytesOf(request, host)
    const from = Date.now()
    const answer = await connection.send(bytes, request.method)
    latest.push({ bytes, from, until: Date.now() })
    if (latest.length > LATEST) latest.shift()
    return { bytes, answer }
  }
  /** Sends, judges, and tells what is wrong with as little as does it. */
  const tried = async (plain: Request, seal: Seal): Promise<Verdict & { answer?: Answer }> => {
    const request = seal(plain)
    const told = async (wrong: string, detail: string | undefined, answer: Answer | undefined) => {
      if (!findings.isNew(wrong)) return findings.add({ wrong })
      const isStillWrong = async (candidate: Request) => {
        const sealed = seal(candidate)
        const again = await send(sealed).catch(() => undefined)
        return again ? judge(sealed, again.answer).wrong === wrong : false
      }
      const repeats = answer !== undefined && (await isStillWrong(plain))
      const least = repeats ? seal(await shrunk(plain, isStillWrong)) : request
      const note = repeats ? '' : ' (not answered so a second time: it depends on what came before)'
      findings.add({
        wrong,
        detail: `${detail ?? ''}${note}`,
        again: waysOf(least, bytesOf(least, host), port),
        answer
      })
    }
    try {
      const { answer } = await send(request)
      const verdict = judge(request, answer)
      if (verdict.wrong !== undefined) await told(verdict.wrong, verdict.detail, answer)
      return { ...verdict, answer }
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      await told(`no answer: ${error.message.split(';')[0]}`, error.message, undefined)
      return {}
    }
  }

  const cloudCall = async (): Promise<void> => {
    const [cloud, operation, aim] = chosenOperation()
    const plain = requests[cloud.name].of(operation, aim)
    const verdict = await tried(plain, requests[cloud.name].seal(world.id, host))
    if (verdict.answer?.status !== 200) return
    if (verdict.operation !== undefined) note(`${cloud.name} ${verdict.operation}`)
    learn(world.words[cloud.name], verdict.answer)
    world.words.control.learn({ requestId: requestIdOf(verdict.answer) })
  }
  const chosenOperation = (): readonly [(typeof clouds)[number], Operation, Aim] => {
    const cloud = random.pick(clouds)
    const missing = cloud.operations.filter(({ name }) => !ownReached.has(`${cloud.name} ${name}`))
    if (missing.length > 0 && random.chance(0.3)) return [cloud, random.pick(missing), 'valid']
    return [cloud, random.pick(cloud.operations), aimOf(random)]
  }

  const controlCall = async (): Promise<void> => {
    const route = chosenRoute()
    const aim = aimOf(random)
    const name = `${route.method} ${route.path}`
    const request = controlRequests.of(route, aim)
    const { answer } = await tried(request, (same) => same)
    if (!answer || answer.status >= 300) return
    note(`control ${name}`)
    if (name === 'GET /_snapstand/state') {
      documents.push(answer.body.toString())
      if (documents.length > KEPT_DOCUMENTS) documents.shift()
    } else if (name.startsWith('GET /_snapstand/requests')) learn(world.words.control, answer)
    else if (name === 'PUT /_snapstand/moves/:id') {
      const { world: moved, move } = JSON.parse(answer.body.toString())
      begun = { world: String(moved), move: String(move) }
    } else if (name === 'POST /_snapstand/reset' || name.startsWith('DELETE /_snapstand/worlds/')) forget(world)
  }
  const weights = control.routes.map((route) => HEAVY[`${route.method} ${route.path}`] ?? 1)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const chosenRoute = (): ControlRoute => {
    let left = random.next() * all
    const at = weights.findIndex((weight) => {
      left -= weight
      return left < 0
    })
    return control.routes[at] ?? random.pick(control.routes)
  }

  const mangledCall = async (): Promise<void> => {
    const cloud = random.pick(clouds)
    const plain = random.chance(0.3)
      ? controlRequests.of(chosenRoute(), 'valid')
      : requests[cloud.name].of(random.pick(cloud.operations), 'valid')
    const whole = bytesOf(random.chance(0.5) ? plain : requests[cloud.name].seal(world.id, host)(plain), host)
    const bytes = mangled(random, whole)
    try {
      const prompt = await exchange(port, bytes)
      // Node takes a client that has said all it will for one that is gone: what takes longer is not answered then.
      const answers = prompt.length > 0 ? prompt : await exchange(port, bytes, LISTENING_MS)
      const wrong = wrongOfBytes(answers, clouds)
      if (wrong !== undefined) findings.add({ wrong, again: [againOf(bytes, port)], answer: answers[0] })
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      findings.add({ wrong: 'mangled bytes: no whole answer', detail: error.message, again: [againOf(bytes, port)] })
    }
  }

  return {
    latest,
    async step() {
      world = random.pick(worlds)
      if (world.calls++ > RESET_AFTER) {
        forget(world)
        await tried(resetOf(world.id), (request) => request)
      }
      const which = random.next()
      if (which < 0.04) await mangledCall()
      else if (which < 0.16) await controlCall()
      else await cloudCall()
    },
    close: () => connection.close()
  }
}

function worldOf(id: string, fixtures: LaneOptions['fixtures']): LaneWorld {
  return {
    id,
    words: { zenlayer: createWords(fixtures.zenlayer), baidu: createWords(fixtures.baidu), control: createWords() },
    calls: 0
  }
}

/** The words of whichever world is meant just now. */
function wordsOf(cloud: CloudName, world: () => LaneWorld): Words {
  return {
    of: (member) => world().words[cloud].of(member),
    learn: (value) => world().words[cloud].learn(value),
    forget: () => world().words[cloud].forget()
  }
}

function forget(world: LaneWorld): void {
  world.calls = 0
  for (const words of Object.values(world.words)) words.forget()
}

function learn(words: Words, { body, headers }: Answer): void {
  if (body.length > 0 && headers['content-type']?.startsWith('application/json'))
    words.learn(JSON.parse(body.toString()))
}

function requestIdOf({ headers, body }: Answer): string {
  return headers['x-bce-request-id'] ?? String(/"requestId":"([^"]*)"/.exec(body.toString('utf8', 0, 100))?.[1])
}

function aimOf(random: Random): Aim {
  const which = random.next()
  return which < 0.55 ? 'valid' : which < 0.82 ? 'near' : 'wild'
}

function resetOf(world: string): Request {
  return { method: 'POST', path: '/_snapstand/reset', query: [['world', world]], headers: {}, body: Buffer.alloc(0) }
}
