/** What differs, in the order in which they are told. */
export const KINDS = [
  'status',
  'code',
  'message',
  'header',
  'body',
  'missing',
  'more',
  'type',
  'null',
  'id',
  'count',
  'order',
  'rounding',
  'time',
  'value',
  'states'
] as const
export type Kind = (typeof KINDS)[number]

/** One thing in which two answers to one call differ. */
export interface Difference {
  readonly kind: Kind
  /** `*`: of all operations alike. */
  readonly operation: string
  /** Where in the answer: `response.dataSet[].diskName`; of headers their name. */
  readonly where: string
  readonly theirs: string
  readonly ours: string
  /** The call, counted from 0. */
  readonly call: number
}

/** The same difference, wherever it was met: told with the values of its first time. */
export interface Finding extends Omit<Difference, 'call'> {
  readonly calls: readonly number[]
}

/** Whose values belong to what they are, and not to where they were met first. */
const BY_VALUE: readonly Kind[] = ['status', 'code', 'states']

/** What makes two differences the same one. */
export function identityOf({ kind, operation, where, theirs, ours }: Omit<Difference, 'call'>): string {
  return JSON.stringify([kind, operation, where, ...(BY_VALUE.includes(kind) ? [theirs, ours] : [])])
}

/** Each difference once, ordered by kind and then by the call that showed it first. */
export function findingsOf(differences: readonly Difference[]): readonly Finding[] {
  const groups = new Map<string, { first: Difference; calls: Set<number> }>()
  for (const difference of differences) {
    const identity = identityOf(difference)
    const group = groups.get(identity)
    if (group) group.calls.add(difference.call)
    else groups.set(identity, { first: difference, calls: new Set([difference.call]) })
  }
  return [...groups.values()]
    .map(({ first: { call: _, ...what }, calls }) => ({ ...what, calls: [...calls] }))
    .sort(
      (one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || (one.calls[0] ?? 0) - (other.calls[0] ?? 0)
    )
}

const SHOWN_MAX = 120

/** A value as a table shows it. */
export function shownValue(value: unknown): string {
  if (value === undefined) return '(nothing)'
  const text = JSON.stringify(value)
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX - 1)}…` : text
}
