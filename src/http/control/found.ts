import type { Journal, JournalEntry, JournalFilter, Journals, RequestSummary } from '../../core/model/journal.ts'
import { ALL_WORLDS } from '../../core/model/world-names.ts'
import { fromInstant } from '../../documents/instants.ts'
import { inSlices } from '../../documents/slices.ts'
import { UNUSED_LISTED } from '../../doors/requests.ts'

/** What was found in journals: how much of what, and the newest of it. */
export interface Found {
  readonly found: number
  readonly counts: Readonly<Record<'operation' | 'status' | 'code', Tally>>
  readonly unused: Tally
  readonly unusedMore: number
  readonly newest: readonly JournalEntry[]
}
type Tally = Readonly<Record<string, number>>

/** Entries may be made only now. */
const BETWEEN_PAUSES = 50

export interface Sought extends JournalFilter {
  /** Stands as it is in the URL, in what is kept of the bodies, or in the words of the refusal. */
  readonly text?: string | undefined
}

/** The journal of one world, if there is one, or with `*` all that there are. */
export function journalsOf(journals: Journals, world: string): readonly Journal[] {
  return world === ALL_WORLDS ? journals.all() : [journals.find(world) ?? []].flat()
}

/** Looks through journals one by one; who waits meanwhile has a turn. */
export function findIn(journals: readonly Journal[], sought: Sought, limit: number): Promise<Found> {
  return inSlices(search(journals, sought, limit))
}

function* search(
  journals: readonly Journal[],
  { text, ...filter }: Sought,
  limit: number
): Generator<undefined, Found> {
  const [operation, status, code, unused] = [createTally(), createTally(), createTally(), createTally()]
  let found = 0
  let newest: readonly JournalEntry[] = []
  for (const journal of journals) {
    const entries: JournalEntry[] = []
    for (const entry of journal.each(filter)) {
      if (text !== undefined) {
        yield
        if (!says(entry, text)) continue
      }
      entries.push(entry)
      operation.add(entry.operation ?? 'none')
      status.add(String(entry.status))
      if (entry.code !== null) code.add(entry.code)
      for (const path of entry.unused) unused.add(`${entry.operation ?? 'none'} ${path}`)
      if (entries.length % BETWEEN_PAUSES === 0) yield
    }
    found += entries.length
    newest = newestOf(newest, entries, limit)
    yield
  }
  const counts = { operation: operation.sum(), status: status.sum(), code: code.sum() }
  const { tally, more } = unused.top(UNUSED_LISTED)
  return { found, counts, unused: tally, unusedMore: more, newest }
}

function says({ url, request, response, refusal }: JournalEntry, text: string): boolean {
  const { hint = '', field = '', value = '', rule = '' } = refusal ?? {}
  return [url, request, response, hint, field, value, rule].some((words) => words.includes(text))
}

/** Both have their newest first. */
function newestOf(
  some: readonly JournalEntry[],
  others: readonly JournalEntry[],
  limit: number
): readonly JournalEntry[] {
  const [last] = some.slice(-1)
  const [first] = others
  if (!first || (last && some.length >= limit && first.wallAt <= last.wallAt)) return some
  if (!last || first.wallAt <= last.wallAt) return [...some, ...others.slice(0, limit - some.length)].slice(0, limit)
  const merged: JournalEntry[] = []
  for (let one = 0, other = 0; merged.length < limit; ) {
    const [left, right] = [some[one], others[other]]
    if (left && (!right || left.wallAt >= right.wallAt)) {
      merged.push(left)
      one++
    } else if (right) {
      merged.push(right)
      other++
    } else break
  }
  return merged
}

/** So many different words are counted each for itself. */
const WORDS_MAX = 10_000

function createTally() {
  const counts = new Map<string, number>()
  let all = 0
  const top = (most: number): { readonly tally: Tally; readonly more: number } => {
    const sorted = [...counts].sort(([, one], [, other]) => other - one).slice(0, most)
    return { tally: Object.fromEntries(sorted), more: sorted.reduce((rest, [, count]) => rest - count, all) }
  }
  return {
    add(word: string) {
      all++
      const count = counts.get(word)
      if (count !== undefined || counts.size < WORDS_MAX) counts.set(word, (count ?? 0) + 1)
    },
    /** The most frequent first, and how many there are of all others. */
    top,
    sum: (): Tally => top(WORDS_MAX).tally
  }
}

export function shownSummary({ at, wallAt, ...summary }: RequestSummary) {
  return { ...summary, at: fromInstant(at), wallAt: fromInstant(wallAt) }
}
