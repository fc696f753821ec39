import type { Rules } from '../model/rules.ts'
import { type PlantedId, plantedIds } from '../store/planted.ts'
import type { Store } from '../store/store.ts'

/** No world makes more; an id of the user's own words may stand for any number at all. */
const REACHED_MAX = 2 ** 27

type RulesByName = Readonly<Record<string, Rules>>

/**
 * A seed that was an export has ids that the rules made, in a world of this name or in any (Zenlayer's are the same in
 * all): what is made next is numbered after them, or it would be given an id that is taken, or was before it was deleted.
 * Part of a transaction.
 */
export function goOnAfter(last: number, { row }: Store): void {
  row.nextN = Math.max(row.nextN, last + 1)
  row.plantedN = row.nextN
}

/** The highest number that an id stands for in a world of this seed; 0: none. May be interrupted wherever it yields. */
export function* lastOf(ids: Iterable<PlantedId>, rules: RulesByName, seed: number): Generator<void, number> {
  let last = 0
  let count = 0
  for (const { provider, kind, id } of ids) {
    const n = rules[provider]?.numberOf?.(kind, id, seed)
    if (n !== undefined && n > last && n < REACHED_MAX) last = n
    if (++count % 1000 === 0) yield
  }
  return last
}

/** The ids in a store, as it was planted, that the rules may have made; which of them they did the world's name decides. */
export function plantedIn({ db }: Store, rules: RulesByName): readonly PlantedId[] {
  return [...plantedIds(db)].filter(({ provider, kind, id }) => rules[provider]?.numberOf?.(kind, id, 0) !== undefined)
}
