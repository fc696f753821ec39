import type { Static, TSchema } from '@sinclair/typebox'
import type { Cloud } from '../core/model/cloud.ts'
import type { Shapes } from '../core/model/resources.ts'
import { type PathWrong, Told } from '../documents/reading.ts'
import { walk } from '../documents/walk.ts'
import { nameOf, wordsOf } from '../documents/words.ts'

/** What a world has of one cloud, as the lists of a seed's section. */
export type Harvest = Readonly<Record<string, Iterable<unknown>>>

/** One cloud's part of a seed document: read with `schema`, planted, and harvested again by an export. */
export interface SeedRoom<S extends Shapes = Shapes> {
  readonly schema: TSchema
  /**
   * Plants bit by bit, and may be interrupted wherever it yields. Throws `BadSeed`, for what a schema cannot say too (an
   * unknown zone, a duplicate id), before anything is planted.
   */
  plant(cloud: Cloud<S>, section: unknown): Generator<undefined, void>
  /** List by list; long ones item by item. */
  harvest(cloud: Cloud<S>): Harvest
}

/** A seed, or a section of one, that cannot be planted. Where its members stand in a file it does not know. */
export class BadSeed extends Error {
  readonly wrongs: readonly PathWrong[]
  /** How many more there are. */
  readonly more: number
  constructor({ first, more }: Told<PathWrong>) {
    super(first.map(({ path, reason }) => `${nameOf(path)}: ${reason}`).join('\n'))
    this.wrongs = first
    this.more = more
  }
}

/** Takes a section for what its schema says. Throws `BadSeed`. */
export function* sectionOf<S extends TSchema>(schema: S, section: unknown): Generator<undefined, Static<S>> {
  const wrongs = new Told<PathWrong>()
  for (const finding of walk(schema, section)) {
    if (finding !== undefined) wrongs.add(() => ({ path: finding.path, ...wordsOf(finding) }))
    yield undefined
  }
  if (!fits(schema, section, wrongs)) throw new BadSeed(wrongs)
  return section
}

/** What the walk has found nothing wrong with is what its schema says. */
function fits<S extends TSchema>(_schema: S, _section: unknown, wrongs: Told<PathWrong>): _section is Static<S> {
  return wrongs.first.length === 0
}

/** Plants one row after another. */
export function* eachOf<T>(rows: readonly T[] = [], plant: (row: T) => void): Generator<undefined, void> {
  for (const row of rows) {
    plant(row)
    yield undefined
  }
}

/** Throws `BadSeed` if anything is wrong. */
export function refuseFor(wrongs: Told<PathWrong>): void {
  if (wrongs.first.length > 0) throw new BadSeed(wrongs)
}
