import type { Cloud } from '../model/cloud.ts'
import type { Scope } from './scope.ts'

export function placeVerbs({ provider, rules, store }: Scope): Pick<Cloud, 'placeOf'> {
  return {
    placeOf(kind, id) {
      const place = store.places.of(provider, kind, id)
      if (place) return place
      const { nextN, plantedN, seed } = store.row
      const n = rules.numberOf?.(kind, id, seed)
      if (n === undefined || n < plantedN || n >= nextN) return undefined
      // What calls and time make is as old as it is numbered: what came next is where a gone one was.
      return store.places.after(kind, n) ?? { n, createdAt: Number.MAX_SAFE_INTEGER }
    }
  }
}
