import type { Step } from '../conformance/runner/execute.ts'

/** Where a client's source was copied to, where its tools may write; and this checkout, whose server it is tested with. */
export interface Place {
  readonly work: string
  /** Kept from run to run. */
  readonly kept: string
  readonly checkout: string
}

/** How a client is made ready and tested. */
export interface Client {
  /** Commands that must succeed, or the client is skipped. */
  readonly tools: readonly (readonly string[])[]
  /** Files that say what `install` installs: while they are as they were, it is not done again. */
  readonly locks: readonly string[]
  readonly install: (place: Place) => readonly Step[]
  readonly test: (place: Place) => readonly Step[]
  /** Finds in what `test` prints how many tests passed; where there are several, they are added up. */
  readonly passed: RegExp
}

export const clients: Readonly<Record<string, Client>> = {}
