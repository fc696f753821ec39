import { DAY_MS } from '../../core/model/clock.ts'
import { toInstant } from '../../documents/instants.ts'
import type { Difference } from './difference.ts'

/** Instants of both sides in one place. */
interface Pair extends Pick<Difference, 'operation' | 'where' | 'call'> {
  readonly theirs: string
  readonly ours: string
  readonly lead: number
}

/** Instants that were compared: judged at the end, when it is known how far apart the two clocks are. */
export interface Times {
  /** Whether both are instants; then they are judged here. */
  saw(place: Pick<Difference, 'operation' | 'where' | 'call'>, theirs: string, ours: string): boolean
  /** How far the clock of the other side is ahead of the one that was played by; 0 where they agree. */
  shiftMs(): number
  differences(): readonly Difference[]
}

/** So many must agree before they are taken for another clock. */
const VOTES_MIN = 3
const DECIMALS = /\.(\d+)(?=Z|[+-]\d\d:\d\d$)/

export function createTimes(toleranceMs: number): Times {
  const pairs: Pair[] = []
  const forms: Difference[] = []
  const isNear = (lead: number, shift: number) => Math.abs(lead - shift) <= toleranceMs
  return {
    saw(place, theirs, ours) {
      const [at, ourAt] = [toInstant(theirs), toInstant(ours)]
      if (at === undefined || ourAt === undefined) return false
      const [form, ourForm] = [formOf(theirs), formOf(ours)]
      if (form !== ourForm) forms.push({ kind: 'rounding', ...place, theirs: form, ours: ourForm })
      else if (theirs !== ours) pairs.push({ ...place, theirs, ours, lead: at - ourAt })
      return true
    },
    shiftMs() {
      const rounded = roundings(pairs)
      const far = pairs.filter((pair) => !isNear(pair.lead, 0) && !rounded.has(placeOf(pair)))
      const middle = far.map(({ lead }) => lead).toSorted((one, other) => one - other)[Math.floor(far.length / 2)]
      if (middle === undefined || far.length < VOTES_MIN || far.length < pairs.length / 2) return 0
      const agreeing = far.filter(({ lead }) => isNear(lead, middle))
      // Whole days come from other arithmetic, not from another clock.
      return agreeing.length >= far.length * 0.8 && middle % DAY_MS !== 0 ? middle : 0
    },
    differences() {
      const rounded = roundings(pairs)
      return [
        ...forms,
        ...pairs.flatMap(({ lead, ...pair }): readonly Difference[] => {
          const rounding = rounded.get(placeOf(pair))
          if (rounding !== undefined) return [{ kind: 'rounding', ...pair, theirs: rounding, ours: 'second' }]
          return isNear(lead, 0) ? [] : [{ kind: 'time', ...pair }]
        })
      ]
    }
  }
}

function formOf(text: string): string {
  const decimals = DECIMALS.exec(text)?.[1]?.length ?? 0
  const zone = text.endsWith('Z') ? '' : ', with an offset'
  return `${decimals === 0 ? 'second' : `${decimals} decimals`}${zone}`
}

const UNITS = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['10 seconds', 10_000]
] as const

function placeOf({ operation, where }: Pick<Pair, 'operation' | 'where'>): string {
  return `${operation} ${where}`
}

/** Members whose instants are all cut or rounded to more than a second on one side. */
function roundings(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const place of new Set(pairs.map(placeOf))) {
    const there = pairs.filter((pair) => placeOf(pair) === place)
    const unit = UNITS.find(([, ms]) =>
      there.every(({ theirs, lead }) => Date.parse(theirs) % ms === 0 && Math.abs(lead) <= ms)
    )
    const isChance = there.every(({ ours }) => Date.parse(ours) % (unit?.[1] ?? 1) === 0)
    if (unit && !isChance && there.length >= 2) found.set(place, unit[0])
  }
  return found
}
