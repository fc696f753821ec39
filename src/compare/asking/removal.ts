import { setTimeout as pause } from 'node:timers/promises'
import type { Caller } from '../caller.ts'
import { codeIn } from '../differences/answers.ts'
import { answerOf, type Exchange, isSuccess } from '../exchange.ts'
import type { Ledger } from './budget.ts'
import type { Asked, Thing, ThingKind, Things } from './things.ts'

export interface Removing {
  readonly caller: Caller
  readonly ledger: Ledger
  readonly things: Things
  readonly tag: string
  readonly made: ReadonlyMap<string, ThingKind>
  readonly pollMs: number
}

/** The other side refuses what has to go through, such as a list: by the key, as a rule. */
export class UpstreamRefuses extends Error {
  override readonly name = 'UpstreamRefuses'
}

/** What is left, and why. */
export interface Left {
  readonly things: readonly Thing[]
  /** The last refusal of a removal, or why it was given up. */
  readonly reason: string | undefined
}

const ROUNDS_MAX = 40
const POLL_MAX_MS = 15_000
/** A thing that so many calls could not remove stays. */
const TRIES_MAX = 4

/** Removes all that was made, and tells what it could not. */
export async function removeAll(removing: Removing): Promise<Left> {
  const { caller, ledger, things, made, pollMs } = removing
  const tries = new Map<string, number>()
  const gone = new Set<string>()
  let reason: string | undefined
  // Until a list shows them, all may be there.
  let left: readonly Thing[] = [...made].map(unlisted)
  const call = async ({ operation, input }: Asked) => {
    ledger.spend({ disks: 0, gib: 0 })
    return caller.call(operation, input)
  }
  try {
    for (let round = 0, waitMs = pollMs; round < ROUNDS_MAX; round++, waitMs = Math.min(waitMs * 1.5, POLL_MAX_MS)) {
      left = await taggedThings(removing)
      const open = left.filter(({ id }) => (tries.get(id) ?? 0) < TRIES_MAX)
      if (open.length === 0) break
      // What is of a disk goes before the disk.
      const ready = left.some(({ kind }) => kind === 'snapshot') ? open.filter(({ kind }) => kind !== 'disk') : open
      for (const thing of ready.length > 0 ? ready : open) {
        const asked = things.removal(thing)
        if (!asked) continue
        const exchange = await call(asked)
        if (isSuccess(exchange)) {
          gone.add(thing.id)
          continue
        }
        tries.set(thing.id, (tries.get(thing.id) ?? 0) + 1)
        reason = refusedIn(exchange, asked.operation)
      }
      await pause(waitMs)
    }
    const listed = left
    const isHidden = ([id, kind]: Made) => kind === 'disk' && !gone.has(id) && !listed.some((thing) => thing.id === id)
    const hidden = things.lastRemoval ? [...made].filter(isHidden) : []
    left = [...listed, ...hidden.map(unlisted)]
    for (const [id] of hidden) {
      const asked = things.lastRemoval?.(id)
      if (asked) await call(asked)
    }
    left = listed
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error)
  }
  return { things: left, reason: left.length === 0 ? undefined : reason }
}

type Made = readonly [id: string, kind: ThingKind]

function unlisted([id, kind]: Made): Thing {
  return { kind, id, name: '', state: 'unknown' }
}

/** The things that bear the tag, and the snapshots of those of them that are disks. */
export async function taggedThings({
  caller,
  ledger,
  things,
  tag,
  made
}: Omit<Removing, 'pollMs'>): Promise<readonly Thing[]> {
  const found: Thing[] = []
  for (const list of things.lists) {
    for (let marker: string | undefined; ; ) {
      const { operation, input } = list.ask(tag, marker)
      ledger.spend({ disks: 0, gib: 0 })
      const exchange = await caller.call(operation, input)
      if (!isSuccess(exchange)) throw new UpstreamRefuses(refusedIn(exchange, operation))
      const page = list.read(answerOf(exchange).body)
      // Whatever stands between may answer 200, too: then nobody knows what is there.
      if (!page) throw new UpstreamRefuses(`${operation} was answered ${exchange.response.status}, with no list`)
      found.push(...page.things)
      marker = page.marker
      if (marker === undefined) break
    }
  }
  const isOurs = ({ kind, id, name, of = '' }: Thing) =>
    id !== '' && (name.startsWith(`${tag}-`) || made.get(id) === kind || made.get(of) === 'disk')
  return found.filter(isOurs)
}

/** What a call was refused with, in words. */
export function refusedIn(exchange: Exchange, operation: string): string {
  return `${operation} was answered ${exchange.response.status} ${codeIn(answerOf(exchange).body) ?? ''}`.trim()
}
