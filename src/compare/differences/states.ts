import type { Difference } from './difference.ts'

/** What is no longer on a list that would have it. */
export const GONE = '(gone)'

/** The states that things went through, as both sides showed them: which and in what order, not how often each was seen. */
export interface StatePaths {
  /** What one answer of each side says of a thing. */
  saw(subject: Subject, theirs: string, ours: string): void
  differences(): readonly Difference[]
}
export interface Subject {
  readonly id: string
  /** What it is and what the member is called: `response.dataSet[].diskStatus`. */
  readonly where: string
  readonly operation: string
  readonly call: number
}

interface Path {
  readonly subject: Subject
  readonly theirs: string[]
  readonly ours: string[]
}

export function createStatePaths(): StatePaths {
  const paths = new Map<string, Path>()
  return {
    saw(subject, theirs, ours) {
      const known = paths.get(subject.id)
      const path = known ?? { subject, theirs: [], ours: [] }
      if (!known) paths.set(subject.id, path)
      if (path.theirs.at(-1) !== theirs) path.theirs.push(theirs)
      if (path.ours.at(-1) !== ours) path.ours.push(ours)
    },
    differences: () =>
      [...paths.values()].flatMap(({ subject: { where, operation, call }, ...path }) => {
        const [theirs, ours] = [shownPath(path.theirs), shownPath(path.ours)]
        return theirs === ours ? [] : [{ kind: 'states' as const, operation, where, theirs, ours, call }]
      })
  }
}

/** That it is gone in the end is known where the other side still has it, and not where both have it no more. */
function shownPath(states: readonly string[]): string {
  return (states.at(-1) === GONE ? states.slice(0, -1) : states).join(' → ')
}

/** A state that ends by itself, by the way both clouds call such. */
export function isPassing(state: string): boolean {
  return /ING(?:_BACK)?$|ing$/.test(state) && !/^(?:RUNNING|Running)$/.test(state)
}
