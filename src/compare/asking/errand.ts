import { setTimeout as pause } from 'node:timers/promises'
import { wallNow } from '../../core/model/clock.ts'
import { fromInstantInSeconds } from '../../documents/instants.ts'
import type { Caller } from '../caller.ts'
import { isObject } from '../differences/values.ts'
import { answerOf, type Exchange } from '../exchange.ts'
import { POLLS_MAX, type Step } from '../probes/probe.ts'
import { valueAt } from '../probes/readers.ts'
import type { Ledger } from './budget.ts'
import type { ThingKind, Things } from './things.ts'

/** Goes to the other side with steps: within the budget, and with everything noted that comes to be. */
export interface Errand {
  /** What texts in braces stand for. */
  readonly names: Map<string, string>
  /** Ids of all that was made. */
  readonly made: Map<string, ThingKind>
  /** Takes one step, and gives back the numbers of its calls. Throws `StepImpossible`, `BudgetSpent`, `UpstreamSilent`. */
  take(step: Step): Promise<readonly number[]>
}

/** A step needs what an earlier one did not bring. */
export class StepImpossible extends Error {}

export interface ErrandOptions {
  readonly caller: Caller
  readonly ledger: Ledger
  readonly things: Things
  /** Between two looks at the same thing, for the first time; then longer and longer. */
  readonly pollMs: number
  readonly signal?: AbortSignal | undefined
}

const POLL_MAX_MS = 15_000
const NOTHING = { disks: 0, gib: 0 }

export function createErrand({ caller, ledger, things, pollMs, signal }: ErrandOptions): Errand {
  const names = new Map<string, string>()
  const made = new Map<string, ThingKind>()

  async function ask({ call, input, change, isRefused }: Step): Promise<Exchange> {
    signal?.throwIfAborted()
    if (typeof call !== 'string') {
      const request = {
        ...call,
        url: filled(call.url, names),
        ...(call.body && { body: filledDeep(call.body, names) })
      }
      ledger.spend(NOTHING)
      return caller.send(request, undefined, change)
    }
    const sent = filledDeep(input ?? {}, names)
    ledger.spend(isRefused ? NOTHING : things.asksFor(call, sent.body))
    const exchange = await caller.call(call, sent, change)
    for (const { kind, id } of things.madeBy(call, answerOf(exchange).body)) {
      if (made.has(id)) continue
      made.set(id, kind)
      ledger.made()
    }
    return exchange
  }

  return {
    names,
    made,
    async take(step) {
      const calls: number[] = []
      for (let polls = 1, waitMs = pollMs; ; polls++, waitMs = Math.min(waitMs * 1.5, POLL_MAX_MS)) {
        const exchange = await ask(step)
        calls.push(caller.exchanges.length - 1)
        const { body } = answerOf(exchange)
        for (const [name, way] of Object.entries(step.keep ?? {})) {
          const value = valueAt(body, way)
          if (typeof value === 'string') names.set(name, value)
        }
        if (!step.until || step.until.test(JSON.stringify(body) ?? '') || isRefusal(exchange)) return calls
        if (polls >= POLLS_MAX) throw new StepImpossible(`${step.name} has not come to an end`)
        await pause(waitMs, undefined, { signal })
      }
    }
  }
}

function isRefusal({ response: { status } }: Exchange): boolean {
  return status >= 400
}

const IN_HOURS = /^\+(\d+)h(?:([+-])(\d+)s)?$/

/** A text with its braces filled. Throws `StepImpossible`. */
function filled(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/\{([^{}" ]+)\}/g, (_, name: string) => {
    const [, hours, sign, seconds = '0'] = IN_HOURS.exec(name) ?? []
    if (hours !== undefined) {
      const offset = Number(seconds) * (sign === '-' ? -1 : 1)
      return fromInstantInSeconds(wallNow() + (Number(hours) * 3600 + offset) * 1000)
    }
    const value = names.get(name)
    if (value === undefined) throw new StepImpossible(`there is no ${name}`)
    return value
  })
}

/** A value with all its texts filled. */
function filledDeep<T>(value: T, names: ReadonlyMap<string, string>): T {
  const inner = (each: unknown): unknown => {
    if (typeof each === 'string') return filled(each, names)
    if (Array.isArray(each)) return each.map(inner)
    return isObject(each) ? Object.fromEntries(Object.entries(each).map(([name, one]) => [name, inner(one)])) : each
  }
  const made: unknown = inner(value)
  return isSameShape(value, made) ? made : value
}

/** Filling changes texts alone. */
function isSameShape<T>(_like: T, value: unknown): value is T {
  return typeof value === typeof _like
}
