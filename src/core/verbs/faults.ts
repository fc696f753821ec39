import { hash } from 'node:crypto'
import { FAULT_BYTES_MAX, FAULTS_MAX, type FaultRule } from '../model/fault-form.ts'
import {
  type CallToMeet,
  type Fault,
  FaultRefused,
  isOver,
  isSwitched,
  matcherOf,
  metBy,
  type ServerRule,
  UNCOUNTED
} from '../model/faults.ts'
import type { StoredFault } from '../store/faults.ts'
import type { Store } from '../store/store.ts'

/** A rule where it is kept: its row, which is yet to be made where the server's has met nothing here. */
interface Kept extends Fault {
  readonly row: StoredFault
  readonly isNew: boolean
}

/** The rules that hold in a world, with what they came to there: its own, then those of the server, each as they were made. */
export function faultsOf({ faults }: Store, server: readonly ServerRule[]): readonly Kept[] {
  const rows = faults.all()
  if (rows.length === 0 && server.length === 0) return []
  const own = rows.flatMap((row): Kept[] => (row.rule ? [{ ...row, rule: row.rule, row, isNew: false }] : []))
  const others = server.map(({ made, rule }): Kept => {
    const { id } = rule
    const row = rows.find((each) => each.scope === 'server' && each.id === id && each.position === made)
    const kept = row ?? { scope: 'server', id, position: made, ...UNCOUNTED, rule: null }
    return { ...kept, rule, row: kept, isNew: row === undefined }
  })
  return [...own, ...others]
}

const UNMET = { met: [], fault: undefined }

/**
 * The rule that does something to this call, if there is one: the first that is about it and acts. Those that let it go
 * have met it, too. A transaction where there is something to count, else nothing.
 */
export function meet(
  store: Store,
  server: readonly ServerRule[],
  call: CallToMeet,
  now: number
): { readonly met: readonly Fault[]; readonly fault: Fault | undefined } {
  // Mostly there are no rules at all.
  if (store.faults.all().length === 0 && server.length === 0) return UNMET
  const isAbout = matcherOf(call)
  const about = faultsOf(store, server).filter((fault) => !isOver(fault) && isAbout(fault.rule))
  if (about.length === 0) return UNMET
  return store.transaction(() => {
    const met: Fault[] = []
    for (const fault of about) {
      const { acts, ...counts } = metBy(fault, now, (n) => drawn(store.row.seed, fault, n))
      const counted = { ...fault, ...counts }
      if (fault.isNew) {
        forgetOthers(store, server)
        store.faults.put({ ...fault.row, ...counts })
      } else store.faults.count(fault.row, counts)
      met.push(counted)
      if (acts) return { met, fault: counted }
    }
    return { met, fault: undefined }
  })
}

/** From 0 to 1, in every run of this world the same for the n-th call that a rule meets. */
function drawn(seed: number, { scope, rule }: Fault, n: number): number {
  return Number.parseInt(hash('sha256', JSON.stringify([seed, scope, rule.id, n]), 'hex').slice(0, 12), 16) / 2 ** 48
}

/** Counts of rules that the server has no more. */
function forgetOthers({ faults }: Store, server: readonly ServerRule[]): void {
  for (const { scope, id, position } of faults.all()) {
    if (scope !== 'server') continue
    if (!server.some(({ made, rule }) => rule.id === id && made === position)) faults.drop(scope, id)
  }
}

/**
 * In place of a rule of the same name, which keeps its place in the order. It counts anew, unless it was only turned on
 * or off. Part of a transaction. Throws `FaultRefused`.
 */
export function putFault({ faults }: Store, rule: FaultRule): void {
  const own = faults.all().filter((row) => row.scope === 'world')
  const before = own.find((row) => row.id === rule.id)
  checkRoom(rule, before ? own.length - 1 : own.length)
  const position = before?.position ?? Math.max(0, ...own.map((row) => row.position)) + 1
  const { met, acted, windowAt, windowCount } = before?.rule && isSwitched(before.rule, rule) ? before : UNCOUNTED
  faults.put({ scope: 'world', id: rule.id, position, met, acted, windowAt, windowCount, rule })
}

/** Throws `FaultRefused` where a rule beside so many others is one too many, or too long. */
export function checkRoom(rule: FaultRule, others: number): void {
  if (others >= FAULTS_MAX) {
    throw new FaultRefused('count', `there are ${FAULTS_MAX} rules already, and no more are held against each call`)
  }
  const bytes = Buffer.byteLength(JSON.stringify(rule))
  if (bytes <= FAULT_BYTES_MAX) return
  throw new FaultRefused('bytes', `the rule has ${bytes} bytes as JSON; ${FAULT_BYTES_MAX} are kept at most`)
}

/** Of the world's own rules one, or without a name all. Whether there was one. Part of a transaction. */
export function dropFault({ faults }: Store, id?: string): boolean {
  const meant = faults.all().filter((row) => row.scope === 'world' && (id === undefined || row.id === id))
  for (const row of meant) faults.drop(row.scope, row.id)
  return meant.length > 0
}
