import type { Database } from './database.ts'

/** The id of a row that a seed planted. */
export interface PlantedId {
  readonly provider: string
  readonly kind: string
  readonly id: string
}

const SELECT = [
  ...['instance', 'volume', 'policy', 'snapshot'].map((kind) => `SELECT provider, '${kind}' AS kind, id FROM ${kind}`),
  'SELECT provider, kind, id FROM item'
].join(' UNION ALL ')

/** All ids of a store that holds nothing but what a seed planted; nothing is written until the last is read. */
export function* plantedIds(db: Database): Generator<PlantedId, void> {
  for (const [provider, kind, id] of db.rows(SELECT)) {
    yield { provider: String(provider), kind: String(kind), id: String(id) }
  }
}
