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

/** What a comparison tells meanwhile, and how far it goes. */
export interface Effort {
  readonly tell?: Progress | undefined
  /** Whether settings are looked for that would make differences go; true where nothing is said. */
  readonly isExplaining?: boolean | undefined
}

/**
 * Plays a recording, and again with other values of the settings that what differs may hang on. A value is kept where more
 * differences go than come: what comes may go with the next one.
 */
export async function compareRecorded(
  stage: Stage,
  recorded: Recorded,
  { tell = () => {}, isExplaining = true }: Effort = {}
): Promise<Comparison> {
  let replays = 0
  const play = (values: Values) => {
    tell(++replays)
    return replay(stage, recorded, values)
  }
  const first = await play({})
  let left = first.findings
  let candidates = candidatesFor(recorded, left)
  if (!isExplaining) candidates = usualDelays(candidates, first)
  let values: Values = {}
  const explanations: Explanation[] = []
  while (left.length > 0) {
    const { best, fruitful } = await bestOf(candidates, values, left, play)
    if (!best) break
    const { setting, value, preset, findings } = best
    const gone = goneFrom(left, findings)
    values = { ...values, [setting]: value }
    explanations.push({ setting, value, preset, explains: first.findings.filter((each) => isAmong(gone, each)) })
    left = findings
    candidates = fruitful.filter((candidate) => candidate.setting !== setting)
  }
  const { explanations: found, ...comparison } = withoutChance(first, explanations)
  return { ...comparison, explanations: isExplaining ? found : [] }
}

/** Those that tell chance from a difference. */
function usualDelays(candidates: readonly Candidate[], first: Replay): readonly Candidate[] {
  return candidates.flatMap((candidate) => {
    const values = candidate.values.filter((value) => isUsualDelay({ ...candidate, value }, first))
    return values.length === 0 ? [] : [{ ...candidate, values }]
  })
}

/** As exactly as a recording shows it. */
function isUsualDelay({ setting, value }: Pick<Explanation, 'setting' | 'value'>, { jitterMs }: Replay): boolean {
  return setting.startsWith('delays.') && Math.abs(Number(value) - USUAL_DELAY_MS) <= jitterMs
}

interface Try extends Omit<Explanation, 'explains'> {
  /** What differs with it. */
  readonly findings: readonly Finding[]
}

/** The value by which most differences go, and the candidates that change anything at all. */
async function bestOf(
  candidates: readonly Candidate[],
  values: Values,
  left: readonly Finding[],
  play: (values: Values) => Promise<Replay>
): Promise<{ readonly best: Try | undefined; readonly fruitful: readonly Candidate[] }> {
  let best: Try | undefined
  const fruitful: Candidate[] = []
  const before = left.map(identityOf).join()
  for (const { setting, preset, values: possible } of candidates) {
    let isFruitful = false
    for (const [index, value] of possible.entries()) {
      const { findings } = await play({ ...values, [setting]: value })
      if (findings.map(identityOf).join() === before) {
        // What changes nothing by one value and another is not looked at further.
        if (!isFruitful && index > 0) break
        continue
      }
      isFruitful = true
      if (findings.length < (best?.findings.length ?? left.length)) best = { setting, value, preset, findings }
      if (findings.length === 0) return { best, fruitful }
    }
    // What has one other value may yet count beside another setting.
    if (isFruitful || possible.length === 1) fruitful.push({ setting, preset, values: possible })
  }
  return { best, fruitful }
}

function goneFrom(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  return before.filter((finding) => !isAmong(after, finding))
}

function isAmong(findings: readonly Finding[], wanted: Finding): boolean {
  const aspect = aspectOf(wanted)
  return findings.some((finding) => aspectOf(finding) === aspect)
}

/** Which states we have instead may change on the way to those of the other side. */
function aspectOf(finding: Finding): string {
  return identityOf(finding.kind === 'states' ? { ...finding, ours: '' } : finding)
}

/** Delays that are the usual one explain chance alone. */
function withoutChance(first: Replay, explanations: readonly Explanation[]): Comparison {
  const isChance = (explanation: Explanation) =>
    isUsualDelay(explanation, first) && explanation.explains.every(({ kind }) => kind === 'states')
  const chance = new Set(explanations.filter(isChance).flatMap(({ explains }) => explains))
  return {
    findings: first.findings.filter((finding) => !chance.has(finding)),
    explanations: explanations.filter((each) => !isChance(each)),
    replay: first
  }
}
