import type { Rules } from '../model/rules.ts'
import { type PlantedId, plantedIds } from '../store/planted.ts'
import type { Store } from '../store/store.ts'

/** No world makes more; an id of the user's own words may stand for any number at all. */
const REACHED_MAX = 2 ** 27

type RulesByName = Readonly<Record<string, Rules>>

/**
 * A seed that was an export has ids that the rules made, in a world of this name or in any (Zenlayer's are the same in
 * all): what is made next is numbered after them, or it would be given an id that is taken, or was before it was deleted.
 */
export function goOnAfterPlanted(store: Store, rules: RulesByName, planted = plantedIn(store, rules)): void {
  const { row } = store
  for (const { provider, kind, id } of planted) {
    const n = rules[provider]?.numberOf?.(kind, id, row.seed)
    if (n !== undefined && n >= row.nextN && n < REACHED_MAX) row.nextN = n + 1
  }
  row.plantedN = row.nextN
}

/** The ids in a store, as it was planted, that the rules may have made; which of them they did the world's name decides. */
export function plantedIn({ db }: Store, rules: RulesByName): readonly PlantedId[] {
  return plantedIds(db).filter(({ provider, kind, id }) => rules[provider]?.numberOf?.(kind, id, 0) !== undefined)
}
