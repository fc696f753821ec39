import { nextFiring } from '../model/schedule.ts'
import type { PassedOver } from '../model/timeline.ts'
import type { Agenda, AgendaEntry, NextEvent, OccurrenceWindow, PolicyOccurrences } from '../model/world.ts'
import type { AgendaRow } from '../store/agenda.ts'
import type { Skipped } from '../store/occurrences.ts'
import type { Store } from '../store/store.ts'
import { KEPT_OCCURRENCES } from './settle.ts'

/** Of the snapshots that one occurrence made, so many are named. */
const NAMED_SNAPSHOTS = 1000
const RANK = { completes: 0, expires: 1, fires: 2 } as const satisfies Record<NextEvent['kind'], number>

type Entry = AgendaRow & { readonly kind: NextEvent['kind'] }

function inOrder(one: Entry, other: Entry): number {
  return one.at - other.at || RANK[one.kind] - RANK[other.kind] || one.n - other.n
}

/** What is known to come, in order. What a firing itself will bring about is not known before it happens. */
export function agendaOf(store: Store, limit: number): Agenda {
  // Nothing happens before the last thing that happened: what is overdue comes now.
  const notBefore = store.row.changedAt
  const of = (kind: NextEvent['kind'], rows: readonly AgendaRow[]): Entry[] =>
    rows.map((row) => ({ ...row, at: Math.max(row.at, notBefore), kind }))
  const ahead = limit + 1
  const entries = [
    ...of('completes', store.agenda.completions(ahead)),
    ...of('expires', store.agenda.expiries(ahead)),
    ...of('fires', firings(store, ahead))
  ].sort(inOrder)
  return { entries: entries.slice(0, limit).map(shown), more: entries.length > limit }
}

function shown({ at, kind, provider, what, subject }: Entry): AgendaEntry {
  return { at, kind, provider, what, subject }
}

/** The next firings of all policies, each policy as often as it comes round. */
function firings(store: Store, count: number): AgendaRow[] {
  // Those that come first are among these policies: each of them fires once before any other does.
  const policies = store.policies.nextToFire(count)
  const heads = policies.map((policy) => ({ policy, at: policy.firesAt }))
  const rows: AgendaRow[] = []
  while (rows.length < count) {
    let first: (typeof heads)[number] | undefined
    for (const head of heads) if (head.at !== null && (!first || first.at === null || head.at < first.at)) first = head
    if (!first || first.at === null) break
    const { n, provider, id } = first.policy
    rows.push({ at: first.at, n, provider, what: 'policy', subject: id })
    first.at = nextFiring(first.policy, first.at)
  }
  return rows
}

/**
 * What a policy did and will do: the newest that are kept, or those after an instant, and as many that will come if
 * nothing is changed. Also of a deleted policy, while snapshots name it.
 */
export function occurrencesOf(
  store: Store,
  provider: string,
  policyId: string,
  now: number,
  { after, limit }: OccurrenceWindow
): PolicyOccurrences | undefined {
  const policy = store.policies.everById(provider, policyId)
  if (!policy) return undefined
  const most = Math.min(limit, KEPT_OCCURRENCES)
  const rows =
    after === undefined ? store.occurrences.newest(policy.n, most) : store.occurrences.after(policy.n, after, most)
  const next: { at: number; volumes: number }[] = []
  let at = policy.firesAt
  while (at !== null && next.length < limit) {
    if (after === undefined || at > after) next.push({ at, volumes: policy.volumeCount })
    at = nextFiring(policy, Math.max(at, after ?? at))
  }
  return {
    policy: policy.id,
    deleted: policy.goneAt !== null,
    now,
    past: rows.map((row) => ({
      at: row.at,
      made: row.made,
      snapshots: row.made === 0 ? [] : store.agenda.madeBy(policy.n, row.at, NAMED_SNAPSHOTS),
      skipped: skippedOf(row.skipped)
    })),
    next
  }
}

/** What an occurrence passed over, and why. */
export function skippedOf(text: string | null): readonly PassedOver[] {
  if (text === null) return []
  const skipped: Skipped = JSON.parse(text)
  return Object.entries(skipped).map(([reason, entry]) => ({ reason, ...entry }))
}
