import { type Finding, identityOf } from '../differences/difference.ts'
import { type Recorded, type Replay, replay } from '../replay/replay.ts'
import { USUAL_DELAY_MS } from '../replay/seed.ts'
import type { Stage } from '../replay/stage.ts'
import { type Candidate, candidatesFor } from './candidates.ts'

/** A setting by which differences go away. */
export interface Explanation {
  readonly setting: string
  readonly value: boolean | number | string
  readonly preset: Candidate['preset']
  readonly explains: readonly Finding[]
}

/** What differs, and which settings would make it go. */
export interface Comparison {
  /** As it is without any of the settings. */
  readonly findings: readonly Finding[]
  readonly explanations: readonly Explanation[]
  readonly replay: Replay
}

type Values = Readonly<Record<string, Explanation['value']>>

/** Told before each replay: how many there were. */
export type Progress = (replays: number) => void

/**
 * Plays a recording, and again with other values of the settings that what differs may hang on. A value is kept where
 * differences go and none comes.
 */
export async function compareRecorded(
  stage: Stage,
  recorded: Recorded,
  tell: Progress = () => {}
): Promise<Comparison> {
  let replays = 0
  const play = (values: Values) => {
    tell(++replays)
    return replay(stage, recorded, values)
  }
  const first = await play({})
  let left = first.findings
  let candidates = candidatesFor(recorded, left)
  let values: Values = {}
  const explanations: Explanation[] = []
  while (left.length > 0) {
    const { best, fruitful } = await bestOf(candidates, values, left, play)
    if (!best) break
    values = { ...values, [best.setting]: best.value }
    left = left.filter((finding) => !best.explains.includes(finding))
    explanations.push(best)
    candidates = fruitful.filter(({ setting }) => setting !== best.setting)
  }
  return withoutChance(first, explanations)
}

interface Tried {
  readonly best: Explanation | undefined
  /** The candidates that make any difference at all. */
  readonly fruitful: readonly Candidate[]
}

async function bestOf(
  candidates: readonly Candidate[],
  values: Values,
  left: readonly Finding[],
  play: (values: Values) => Promise<Replay>
): Promise<Tried> {
  let best: Explanation | undefined
  const fruitful: Candidate[] = []
  const before = left.map(identityOf).join()
  for (const candidate of candidates) {
    let isFruitful = false
    for (const value of candidate.values) {
      const { findings } = await play({ ...values, [candidate.setting]: value })
      if (findings.map(identityOf).join() === before) {
        // What takes time and changes nothing by any amount of it is not looked at further.
        if (!isFruitful && candidate.values.indexOf(value) > 0) break
        continue
      }
      isFruitful = true
      const explains = goneFrom(left, findings)
      if (explains.length > (best?.explains.length ?? 0)) {
        best = { setting: candidate.setting, value, preset: candidate.preset, explains }
      }
      if (explains.length === left.length) return { best, fruitful }
    }
    if (isFruitful) fruitful.push(candidate)
  }
  return { best, fruitful }
}

/** What is gone, where nothing has come in its place. */
function goneFrom(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const left = new Set(after.map(identityOf))
  const known = new Set(before.map(identityOf))
  if ([...left].some((identity) => !known.has(identity))) return []
  return before.filter((finding) => !left.has(identityOf(finding)))
}

/** Delays that are the usual one, as exactly as a recording shows it, explain chance alone. */
function withoutChance(first: Replay, explanations: readonly Explanation[]): Comparison {
  const isChance = ({ setting, value }: Explanation) =>
    setting.startsWith('delays.') && Math.abs(Number(value) - USUAL_DELAY_MS) <= first.jitterMs
  const chance = new Set(explanations.filter(isChance).flatMap(({ explains }) => explains))
  return {
    findings: first.findings.filter((finding) => !chance.has(finding)),
    explanations: explanations.filter((each) => !isChance(each)),
    replay: first
  }
}
