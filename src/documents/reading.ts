import type { Words } from './complaint.ts'
import type { Path } from './walk.ts'

/** A text as plain data. */
export interface Reading {
  readonly value: unknown
  /** What keeps it from being a document. */
  readonly troubles: readonly Trouble[]
  /** Troubles beyond those. */
  readonly more: number
  /** Where the members that were asked for begin, or their nearest holders where they are missing. */
  readonly offsets: readonly number[]
}
export interface Trouble {
  readonly offset: number
  readonly path?: Path
  readonly reason: string
}

/** One thing that is wrong in a document, in words. */
export interface PathWrong extends Words {
  readonly path: Path
}

const TOLD_MAX = 50

/** Of all that is wrong with a document the first things are told; how many more there are, is counted. */
export class Told<T> {
  readonly first: T[] = []
  more = 0
  /** `make` is asked only for what is told. */
  add(make: () => T): void {
    if (this.first.length < TOLD_MAX) this.first.push(make())
    else this.more++
  }
}
