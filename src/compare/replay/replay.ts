import type { ComparedCloud } from '../clouds/cloud.ts'
import { createAliases } from '../differences/aliases.ts'
import { type Answer, type Comparison, codeIn, compareAnswers } from '../differences/answers.ts'
import { type Difference, type Finding, findingsOf } from '../differences/difference.ts'
import { createStatePaths } from '../differences/states.ts'
import { createTimes } from '../differences/times.ts'
import { answerOf, bytesOf, type Exchange, instantIn } from '../exchange.ts'
import { seedFor } from './seed.ts'
import type { Stage } from './stage.ts'

/** What the other side was asked, and answered. */
export interface Recorded {
  readonly cloud: ComparedCloud
  /** When the first call came, epoch milliseconds. */
  readonly startedAt: number
  readonly exchanges: readonly Exchange[]
  /** What it started with, where that is known: without it, what the answers show. */
  readonly seed?: object | undefined
  readonly settings?: Readonly<Record<string, unknown>> | undefined
}

/** What came of playing it. */
export interface Replay {
  readonly findings: readonly Finding[]
  /** Our answers, call by call; undefined: it was not played. */
  readonly answers: readonly (Answer | undefined)[]
  readonly notPlayed: readonly { readonly call: number; readonly reason: string }[]
  /** How far the clock of the other side was ahead of the recorder's. */
  readonly shiftMs: number
  /** How much longer or shorter than it was something may look, by when its answers came. */
  readonly jitterMs: number
}

/** Instants are written in seconds, and a clock is known to the second. */
const SECONDS_MS = 2000
const JITTER_MS = 200

/** Plays what was recorded in a world that starts as it shows, and compares answer by answer. */
export async function replay(
  stage: Stage,
  recorded: Recorded,
  settings: Readonly<Record<string, unknown>> = {}
): Promise<Replay> {
  const first = await playOnce(stage, recorded, settings, 0)
  // Another clock there: what is reckoned from now is right only if ours shows the same.
  return first.shiftMs === 0
    ? first
    : { ...(await playOnce(stage, recorded, settings, first.shiftMs)), shiftMs: first.shiftMs }
}

async function playOnce(
  stage: Stage,
  recorded: Recorded,
  settings: Readonly<Record<string, unknown>>,
  shiftMs: number
): Promise<Replay> {
  const { cloud, exchanges } = recorded
  const startAt = recorded.startedAt + shiftMs
  const longestMs = Math.max(0, ...exchanges.map(({ took }) => took))
  const differences: Difference[] = []
  const comparison: Comparison = {
    members: cloud.members,
    aliases: createAliases(),
    states: createStatePaths(),
    times: createTimes(SECONDS_MS + longestMs),
    note: (difference) => differences.push(difference)
  }
  await stage.prepare(seedFor(stage, recorded, settings, startAt))
  const answers: (Answer | undefined)[] = []
  const notPlayed: Replay['notPlayed'][number][] = []
  for (const [call, exchange] of exchanges.entries()) {
    const reason = whyNot(cloud, exchange)
    if (reason !== undefined) {
      notPlayed.push({ call, reason })
      answers.push(undefined)
      continue
    }
    await stage.advanceTo(startAt + instantIn(exchange))
    const answer = await stage.send(callOf(exchange, comparison))
    answers.push(answer)
    compareAnswers(comparison, { operation: exchange.operation ?? 'unknown', call }, answerOf(exchange), answer)
  }
  const { states, times } = comparison
  const findings = findingsOf([...differences, ...states.differences(), ...times.differences()])
  return { findings, answers, notPlayed, shiftMs: times.shiftMs(), jitterMs: JITTER_MS + longestMs }
}

function whyNot({ aboutSigning }: ComparedCloud, exchange: Exchange): string | undefined {
  const { request, response, change } = exchange
  if (request.body && 'omitted' in request.body) return 'its body was not recorded'
  if (response.body && 'omitted' in response.body) return 'its answer was not recorded'
  const code = codeIn(answerOf(exchange).body)
  if (change || code === undefined || !aboutSigning.includes(code)) return undefined
  return `its answer is about who called: ${code}`
}

/** Of the way, or of who signed: they are written anew. */
const WRITTEN_ANEW =
  /^(?:authorization|host|content-length|connection|keep-alive|transfer-encoding|accept-encoding|expect|date|via|cookie|forwarded|x-forwarded-.*|x-zc-timestamp|x-zc-signature-.*|x-bce-date|x-bce-security-token)$/i

/** The call with our ids in place of theirs. */
function callOf({ request, change }: Exchange, { aliases }: Comparison) {
  const { method, url, headers, body } = request
  const kept = headers.filter(([name]) => !WRITTEN_ANEW.test(name))
  const sent = bytesOf(body)
  return {
    method,
    url: aliases.translated(url),
    headers: Object.fromEntries(kept.map(([name, value]) => [name.toLowerCase(), value])),
    body: body && 'base64' in body ? sent : Buffer.from(aliases.translated(sent.toString('utf8'))),
    change
  }
}
