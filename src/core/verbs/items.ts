import { assert } from '../model/assert.ts'
import type { Cloud } from '../model/cloud.ts'
import { merged } from '../model/patch.ts'
import type { Scope } from './scope.ts'

type ItemVerbs = Pick<Cloud, 'findItem' | 'items' | 'addItem' | 'changeItem' | 'dropItem'>

export function itemVerbs(scope: Scope): ItemVerbs {
  const { provider, store } = scope
  return {
    findItem: (kind, id) => store.items.byId(provider, kind, id),
    items: (kind) => store.items.all(provider, kind),
    addItem(kind, { id, createdAt, detail }) {
      const n = scope.nextN()
      const item = { n, provider, kind, id: id ?? scope.newId(kind, n), createdAt: createdAt ?? scope.now(), detail }
      store.items.insert(item)
      scope.touch(item.createdAt)
      return item
    },
    changeItem(_kind, item, detail) {
      scope.touch(scope.now())
      const row = store.items.byN(item.n)
      assert(row && row.provider === provider, `item ${item.id} is not here`)
      return store.items.update(row, merged(row.detail, detail))
    },
    dropItem(_kind, item) {
      scope.touch(scope.now())
      store.items.drop(item.n)
    }
  }
}
