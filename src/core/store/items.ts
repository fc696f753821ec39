import type { Item } from '../model/resources.ts'
import type { Database } from './database.ts'
import { json, tableOf } from './table.ts'

export interface StoredItem extends Item {
  readonly provider: string
  readonly kind: string
}

const table = tableOf<StoredItem>('item', {
  n: 'n',
  provider: 'provider',
  kind: 'kind',
  id: 'id',
  createdAt: 'created_at',
  detail: json('detail')
})
const BY_N = table.select('WHERE n = ?')
const BY_ID = table.select('WHERE provider = ? AND kind = ? AND id = ?')
const OF_KIND = table.select('WHERE provider = ? AND kind = ? ORDER BY created_at, n')

/** What a provider keeps and the core only stores: zones, resource groups, shares. */
export interface Items {
  byN(n: number): StoredItem | undefined
  byId(provider: string, kind: string, id: string): StoredItem | undefined
  all(provider: string, kind: string): StoredItem[]
  insert(item: StoredItem): void
  update(item: StoredItem, detail: object): StoredItem
  drop(n: number): void
  /** Forgets what was read; after a rollback. */
  forget(): void
}

/** A page names the same few zones and groups row by row. */
const KEPT = 64

export function createItems(db: Database): Items {
  /** By kind and id; of one provider where two have the same. */
  const kept = new Map<string, StoredItem>()
  const forget = () => kept.clear()
  return {
    byN: (n) => table.get(db, BY_N, n),
    byId(provider, kind, id) {
      const key = `${kind} ${id}`
      const known = kept.get(key)
      if (known?.provider === provider) return known
      const item = table.get(db, BY_ID, provider, kind, id)
      if (!item) return undefined
      if (kept.size >= KEPT) forget()
      kept.set(key, item)
      return item
    },
    all: (provider, kind) => table.all(db, OF_KIND, provider, kind),
    insert: (item) => table.insert(db, item),
    update(item, detail) {
      forget()
      return table.update(db, item, { detail })
    },
    drop(n) {
      forget()
      db.run('DELETE FROM item WHERE n = ?', n)
    },
    forget
  }
}
