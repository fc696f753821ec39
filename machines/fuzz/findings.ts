import type { Answer } from '../server/connection.ts'

export interface Finding {
  /** The same words for all findings of one kind. */
  readonly wrong: string
  readonly detail?: string | undefined
  /** How to send it again. */
  readonly again?: readonly (string | undefined)[]
  readonly answer?: Answer | undefined
}

/** What was found, by kind; the first of each kind are told in full. */
export interface Findings {
  add(finding: Finding): void
  isNew(wrong: string): boolean
  /** How many of each kind. */
  readonly kinds: ReadonlyMap<string, number>
}

const TOLD_EACH = 2

export function createFindings(tell: (text: string) => void): Findings {
  const kinds = new Map<string, number>()
  return {
    kinds,
    isNew: (wrong) => (kinds.get(wrong) ?? 0) < TOLD_EACH,
    add({ wrong, detail, again = [], answer }) {
      const count = (kinds.get(wrong) ?? 0) + 1
      kinds.set(wrong, count)
      if (count > TOLD_EACH) return
      const lines = [`FOUND ${wrong}`, ...(detail ? [`  ${detail}`] : [])]
      for (const way of again) if (way !== undefined) lines.push(`  again: ${way}`)
      if (answer) lines.push(`  answer: ${answer.status} ${answer.body.toString('utf8', 0, 600)}`)
      tell(`${lines.join('\n')}\n`)
    }
  }
}
