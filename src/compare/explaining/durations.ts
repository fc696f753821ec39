import type { CloudMembers } from '../clouds/members.ts'
import { objectsIn, textsIn } from '../clouds/sightings.ts'
import { isPassing } from '../differences/states.ts'
import { idIn } from '../differences/values.ts'
import { answerOf, type Exchange, instantIn, isReading, isSuccess, valueIn } from '../exchange.ts'

interface Life {
  /** When it was last changed by a call. */
  changedAt: number
  /** When it was last seen in a state that passes. */
  passingAt: number | undefined
}

/** How long what calls set going took, as far as the answers show it: in milliseconds, the shortest first. */
export function durationsIn(exchanges: readonly Exchange[], { keys, states }: CloudMembers): readonly number[] {
  const lives = new Map<string, Life>()
  const durations: number[] = []
  const ends = (id: string, at: number) => {
    const life = lives.get(id)
    if (!life) return
    lives.delete(id)
    durations.push(life.passingAt === undefined ? 0 : (life.passingAt + at) / 2 - life.changedAt)
  }
  for (const exchange of exchanges) {
    if (!isSuccess(exchange)) continue
    const at = instantIn(exchange)
    const answer = answerOf(exchange).body
    const named = [...textsIn(valueIn(exchange.request.body)), ...exchange.request.url.split(/[/?&=,]/)]
    if (!isReading(exchange.operation)) {
      for (const id of [...named, ...textsIn(answer)]) lives.set(id, { changedAt: at, passingAt: undefined })
      continue
    }
    const shown = new Set<string>()
    for (const thing of objectsIn(answer)) {
      const id = idIn(keys, thing)
      const state = states.map((name) => thing[name]).find((value) => typeof value === 'string')
      if (id === undefined || typeof state !== 'string') continue
      shown.add(id)
      const life = lives.get(id)
      if (life && isPassing(state)) life.passingAt = at
      else ends(id, at)
    }
    // Asked for by its id and not there any more.
    for (const id of named) if (!shown.has(id)) ends(id, at)
  }
  return spread(durations)
}

const DURATIONS_MAX = 6

/** Those that differ by a tenth at least, and not too many. */
function spread(durations: readonly number[]): readonly number[] {
  const sorted = durations.map((ms) => Math.max(0, Math.round(ms))).toSorted((one, other) => one - other)
  const apart: number[] = []
  for (const ms of sorted) if (apart.length === 0 || ms > (apart.at(-1) ?? 0) * 1.1 + 10) apart.push(ms)
  if (apart.length <= DURATIONS_MAX) return apart
  const step = (apart.length - 1) / (DURATIONS_MAX - 1)
  return Array.from({ length: DURATIONS_MAX }, (_, index) => apart[Math.round(index * step)] ?? 0)
}
