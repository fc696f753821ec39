/** What is wrong, for the person who wrote it. */
export interface Words {
  readonly reason: string
  /** What would be right there. */
  readonly expected?: string | undefined
}

/** One thing that is wrong in a flag, a variable or a file, as a whole line for the person who wrote it. */
export interface Complaint extends Words {
  /** `--port`, `SNAPSTAND_PORT`, or `file:line:column path`. */
  readonly where: string
}

/** Flags, variables or files that cannot be used: what is wrong with them, up to a bound, and how much more there is. */
export class BadUsage extends Error {
  readonly complaints: readonly Complaint[]
  readonly more: number
  constructor(complaints: readonly Complaint[], more = 0) {
    super(linesOf(complaints, more).join('\n'))
    this.name = 'BadUsage'
    this.complaints = complaints
    this.more = more
  }
}

/** A line for each complaint, and one for all that are not told. */
export function linesOf(complaints: readonly Complaint[], more = 0): readonly string[] {
  return [...complaints.map(lineOf), ...(more === 0 ? [] : [`… and ${more} more`])]
}

export function lineOf({ where, reason, expected }: Complaint): string {
  return expected === undefined ? `${where}: ${reason}` : `${where}: ${reason} (${expected})`
}
