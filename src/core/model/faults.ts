import type { FaultOutcome, FaultRule } from './fault-form.ts'

/** Whose rule it is: one world's, or the server's, which holds in every world and is counted in each. */
export type FaultScope = 'world' | 'server'

/** A rule, and what has become of it in one world. */
export interface Fault extends FaultCounts {
  readonly scope: FaultScope
  readonly rule: FaultRule
}

export interface FaultCounts {
  /** Calls that it was for while it had times left, those that it let go included. */
  readonly met: number
  /** Those that it did something to. */
  readonly acted: number
  /** Of a rate: when its present window began, on the world's clock, and how many calls went through in it. */
  readonly windowAt: number | null
  readonly windowCount: number
}
export const UNCOUNTED: FaultCounts = { met: 0, acted: 0, windowAt: null, windowCount: 0 }

/** A rule that holds in every world; `made` says which making of it: one that was put again counts anew everywhere. */
export interface ServerRule {
  readonly made: number
  readonly rule: FaultRule
}
/** The rules of the server. */
export interface ServerFaults {
  /** In the order of their making, with what they came to in all worlds since the server started. */
  all(): readonly { readonly rule: FaultRule; readonly met: number; readonly acted: number }[]
  /** In place of one of the same name. Throws `FaultRefused`. */
  put(rule: FaultRule): void
  drop(id: string): boolean
  clear(): void
}

/** A call as rules see it: its input has been found right. */
export interface CallToMeet {
  readonly provider: string
  readonly operation: string
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  /** Ids that it names; asked for where a rule is about one. */
  resources(): readonly string[]
}

/** A set of rules that can't be: too many, or one that is too long. */
export class FaultRefused extends Error {
  readonly reason: 'count' | 'bytes'
  constructor(reason: FaultRefused['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

/** Whether a rule about `pattern` means this name: `*`, `Describe*`, or the name itself. */
export function isMeant(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name
}

/** Values that are looked at for one call, whatever it sent and however many rules there are; then nothing matches. */
const STEPS_MAX = 100_000

/** Asks of rules whether they are about this call. */
export function matcherOf(call: CallToMeet): (rule: FaultRule) => boolean {
  const room = { steps: STEPS_MAX }
  let ids: readonly string[] | undefined
  return ({ provider = '*', operation = '*', when }) => {
    if (!isMeant(provider, call.provider) || !isMeant(operation, call.operation)) return false
    if (when === undefined) return true
    if (when.resource !== undefined) {
      ids ??= call.resources()
      if (!ids.includes(when.resource)) return false
    }
    return (['params', 'query', 'body'] as const).every((part) => {
      const wanted = when[part]
      return wanted === undefined || holds(call[part], wanted, room)
    })
  }
}

/** Whether a value has what is wanted: of an object the members that are named, of a list an item for each. */
function holds(given: unknown, wanted: unknown, room: { steps: number }): boolean {
  if (room.steps-- <= 0) return false
  if (Array.isArray(wanted)) {
    return Array.isArray(given) && wanted.every((each) => given.some((item) => holds(item, each, room)))
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return false
    return Object.entries(wanted).every(([name, each]) =>
      Object.hasOwn(given, name) ? holds(Reflect.get(given, name), each, room) : false
    )
  }
  return given === wanted || isSameText(given, wanted)
}

/** A query is all text, and one cloud sends numbers where the other sends texts. */
function isSameText(given: unknown, wanted: unknown): boolean {
  const isPlain = (value: unknown) => typeof value === 'string' || typeof value === 'number'
  return isPlain(given) && isPlain(wanted) && String(given) === String(wanted)
}

/** Whether it does anything any more. */
export function isOver({ rule, acted }: Fault): boolean {
  return rule.enabled === false || (rule.times !== undefined && acted >= rule.times)
}

/** What a rule makes of one more call that it is about. `draw` gives a number from 0 to 1 for the n-th. */
export function metBy(
  { rule, ...counts }: Fault,
  now: number,
  draw: (n: number) => number
): FaultCounts & { readonly acts: boolean } {
  const { skip = 0, probability = 1, then } = rule
  const met = counts.met + 1
  const isOpen = met > skip && (probability >= 1 || draw(met) < probability)
  const window = isOpen && then.rate ? windowWith(counts, then.rate, now) : { ...windowOf(counts), isFull: true }
  const acts = isOpen && window.isFull
  const { windowAt, windowCount } = window
  return { met, acted: counts.acted + (acts ? 1 : 0), windowAt, windowCount, acts }
}

function windowOf({ windowAt, windowCount }: FaultCounts) {
  return { windowAt, windowCount }
}

/** A window begins with the first call after the one before; so many go through, and those beyond don't make it longer. */
function windowWith(
  { windowAt, windowCount }: FaultCounts,
  { requests, perSeconds }: NonNullable<FaultOutcome['rate']>,
  now: number
) {
  const isOn = windowAt !== null && now >= windowAt && now < windowAt + perSeconds * 1000
  const began = isOn ? windowAt : now
  const before = isOn ? windowCount : 0
  const isFull = before >= requests
  return { windowAt: began, windowCount: isFull ? before : before + 1, isFull }
}

/** Whether putting `next` in place of a rule only turns it on or off: then it goes on counting. */
export function isSwitched(rule: FaultRule, next: FaultRule): boolean {
  const plain = ({ enabled: _, ...others }: FaultRule) => JSON.stringify(others)
  return (rule.enabled === false) !== (next.enabled === false) && plain(rule) === plain(next)
}
