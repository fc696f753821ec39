import { HOUR_MS } from '../instants.ts'
import type { Mark, Part, Row } from './rows.ts'
import type { Span } from './span.ts'

/** Marks that are closer than this are no marks any more. */
const CLOSE_PX = 7
const PART_PX = 4

/** What of a row is drawn: marks where they can be told apart, else how many there are in each few pixels. */
export interface Drawn {
  readonly marks: readonly Mark[]
  readonly parts: readonly Part[]
  readonly isDense: boolean
  /** Of the fullest part. */
  readonly most: number
  /** Firings to come, too close to tell apart. */
  readonly coming: Span | undefined
}

export function drawnOf(row: Row, span: Span, width: number): Drawn {
  const seen = row.marks.slice(firstAt(row.marks, span.from), firstAt(row.marks, span.to))
  const groups = Map.groupBy(seen, ({ kind }) =>
    kind === 'coming' ? 'coming' : kind === 'skipped' ? 'skipped' : 'kept'
  )
  const [kept = [], coming = [], skipped = []] = [groups.get('kept'), groups.get('coming'), groups.get('skipped')]
  const isClose = (marks: readonly Mark[]) => marks.length > 20 && closenessOf(marks, span, width) < CLOSE_PX
  const isDense = row.kind === 'volume' && isClose(kept)
  const isHidden = isClose(coming)
  const parts = isDense ? partsOf(kept, span, width) : row.parts
  return {
    marks: [...(isDense ? [] : kept), ...(isHidden ? [] : coming), ...skipped],
    parts,
    isDense,
    most: isDense ? parts.reduce((most, { count }) => Math.max(most, count), 0) : row.most,
    coming: isHidden ? { from: coming[0]?.at ?? 0, to: coming.at(-1)?.at ?? 0 } : undefined
  }
}

/** How many pixels lie between two of them, in the middle of all that there are. */
function closenessOf(marks: readonly Mark[], { from, to }: Span, width: number): number {
  const length = (marks.at(-1)?.at ?? 0) - (marks[0]?.at ?? 0)
  return ((length / (to - from)) * width) / marks.length
}

function partsOf(marks: readonly Mark[], { from, to }: Span, width: number): readonly Part[] {
  const leastMs = ((to - from) * PART_PX) / Math.max(1, width)
  // Policies fire at full hours: parts of whole hours hold as many each.
  const partMs = leastMs > HOUR_MS / 4 ? Math.ceil(leastMs / HOUR_MS) * HOUR_MS : leastMs
  const groups = Map.groupBy(marks, ({ at }) => Math.floor(at / partMs))
  return [...groups].map(([part, members]) => ({
    from: part * partMs,
    to: (part + 1) * partMs,
    count: members.length,
    automatic: members.filter(({ kind }) => kind === 'policy').length,
    odd: members.filter(({ state }) => state !== 'available').length,
    until: members.reduce((until, mark) => Math.max(until, mark.until ?? 0), 0)
  }))
}

/** The place of the first mark that is not before an instant. */
function firstAt(marks: readonly Mark[], at: number): number {
  let [low, high] = [0, marks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((marks[middle]?.at ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}
