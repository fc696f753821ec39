import { nearest } from './nearest.ts'

/** One thing that is wrong in a flag, a variable or a file, as a whole line for the person who wrote it. */
export interface Complaint {
  /** `--port`, `SNAPSTAND_PORT`, or `file:line:column path`. */
  readonly where: string
  readonly reason: string
  /** What would be right there. */
  readonly expected?: string
}

/** Flags, variables or files that cannot be used, all of them at once. */
export class BadUsage extends Error {
  readonly complaints: readonly Complaint[]
  constructor(complaints: readonly Complaint[]) {
    super(complaints.map(lineOf).join('\n'))
    this.name = 'BadUsage'
    this.complaints = complaints
  }
}

export function lineOf({ where, reason, expected }: Complaint): string {
  return expected === undefined ? `${where}: ${reason}` : `${where}: ${reason} (${expected})`
}

/** The one sentence about a name that nobody knows. */
export function unknownName(name: string, known: readonly string[]): Pick<Complaint, 'reason' | 'expected'> {
  const near = nearest(name, known)
  return { reason: 'is not known', expected: near ? `did you mean ${near}?` : `known are ${known.join(', ')}` }
}
