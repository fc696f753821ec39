import { judgeOf } from '../answers/judge.ts'
import { controlTable } from '../requests/control-routes.ts'
import { fixtureWords } from '../requests/words.ts'
import { writePlace } from '../server/place.ts'
import { type Running, startServer } from '../server/start.ts'
import { clouds } from './clouds.ts'
import { createFindings, type Findings } from './findings.ts'
import { createLane, type Lane } from './lane.ts'

/** A server with all that calls it. */
export interface Stage extends AsyncDisposable {
  readonly server: Running
  readonly lanes: readonly Lane[]
  readonly findings: Findings
  /** Operations and routes that never succeeded. */
  missing(): readonly string[]
  /** Takes what the server told by itself: its crashes. */
  look(): void
}

export interface StageOptions {
  readonly seed: number
  readonly lanes: number
  /** Beside those that keep it small. */
  readonly flags: readonly string[]
  tell(text: string): void
}

// So that what is bounded by settings reaches its bound early in a run.
const SMALL = ['--max-worlds', '200', '--journal-bytes', '4MiB', '--max-advance', '2000', '--metrics']

export async function openStage({ seed, lanes: count, flags, tell }: StageOptions): Promise<Stage> {
  const place = await writePlace()
  const control = controlTable()
  const server = await startServer(['--seed', place.file, ...SMALL, ...flags], { collects: true })
  const findings = createFindings(tell)
  const reached = new Set<string>()
  const shared = {
    seed,
    port: server.port,
    clouds,
    control,
    judge: judgeOf(clouds),
    fixtures: { zenlayer: fixtureWords('zenlayer'), baidu: fixtureWords('baidu') },
    documents: [place.text],
    findings,
    reached
  }
  const lanes = Array.from({ length: count }, (_, number) => createLane(shared, number))
  const all = [
    ...clouds.flatMap(({ name, operations }) => operations.map((operation) => `${name} ${operation.name}`)),
    ...control.routes.map(({ method, path }) => `control ${method} ${path}`)
  ]
  return {
    server,
    lanes,
    findings,
    missing: () => all.filter((name) => !reached.has(name)),
    look() {
      for (const line of server.takeLog()) {
        findings.add({ wrong: `logged: ${line.slice(0, 120).replaceAll(/\d+/g, '0')}`, detail: line.slice(0, 1500) })
      }
      if (!server.isAlive && findings.isNew(ENDED)) findings.add({ wrong: ENDED })
    },
    async [Symbol.asyncDispose]() {
      for (const lane of lanes) lane.close()
      await server.end('SIGTERM')
      await place[Symbol.asyncDispose]()
    }
  }
}

const ENDED = 'the server has ended'
