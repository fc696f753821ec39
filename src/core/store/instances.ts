import type { Instance, InstanceFilter, Item, MarkerWindow, Page, Window } from '../model/resources.ts'
import { type Condition, countOf, detailIs, nameIs, oneOf, pageOf, rowsFrom, selective, where } from './conditions.ts'
import type { Database, NoteDue } from './database.ts'
import { updateOf } from './update.ts'

interface Row extends Omit<Instance, 'detail'> {
  readonly provider: string
  readonly detail: string
}
export interface StoredInstance extends Instance {
  readonly provider: string
}

const COLUMNS = `n, provider, id, name, zone, grp AS "group", created_at AS createdAt, state,
  state_ends_at AS stateEndsAt, detail`

export interface InstancePatch {
  readonly name?: string
  readonly group?: string
  readonly state?: string
  readonly stateEndsAt?: number | null
  readonly detail?: object
}
const COLUMN_OF = {
  name: 'name',
  group: 'grp',
  state: 'state',
  stateEndsAt: 'state_ends_at',
  detail: 'detail'
} as const satisfies Record<keyof InstancePatch, string>

export interface Instances {
  byN(n: number): StoredInstance | undefined
  byId(provider: string, id: string): StoredInstance | undefined
  insert(instance: StoredInstance): void
  update(instance: StoredInstance, patch: InstancePatch): StoredInstance
  drop(n: number): void
  page(provider: string, filter: InstanceFilter, window: Window): Page<StoredInstance>
  from(provider: string, filter: InstanceFilter, window: MarkerWindow): StoredInstance[]
}

/** A world has few instances: their totals are counted. */
export function createInstances(db: Database, noteDue: NoteDue): Instances {
  const toInstance = (row: Row): StoredInstance => ({ ...row, detail: JSON.parse(row.detail) })
  const instanceOf = (row: Row | undefined) => (row ? toInstance(row) : undefined)

  return {
    byN: (n) => instanceOf(db.get<Row>(`SELECT ${COLUMNS} FROM instance WHERE n = ?`, n)),
    byId: (provider, id) =>
      instanceOf(db.get<Row>(`SELECT ${COLUMNS} FROM instance WHERE provider = ? AND id = ?`, provider, id)),
    insert: (instance) => {
      db.run(
        `INSERT INTO instance (n, provider, id, name, zone, grp, created_at, state, state_ends_at, detail)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        instance.n,
        instance.provider,
        instance.id,
        instance.name,
        instance.zone,
        instance.group,
        instance.createdAt,
        instance.state,
        instance.stateEndsAt,
        JSON.stringify(instance.detail)
      )
      noteDue(instance.stateEndsAt)
    },
    update(instance, patch) {
      db.run(...updateOf('instance', COLUMN_OF, patch, instance.n))
      noteDue(patch.stateEndsAt)
      return { ...instance, ...patch }
    },
    drop: (n) => {
      db.run('DELETE FROM instance WHERE n = ?', n)
    },
    page(provider, filter, window) {
      const conditions = conditionsOf(provider, filter)
      const total = countOf(db, 'instance', conditions)
      return { total, rows: pageOf<Row>(db, 'instance', COLUMNS, conditions, window, total).map(toInstance) }
    },
    from: (provider, filter, window) =>
      rowsFrom<Row>(db, 'instance', COLUMNS, conditionsOf(provider, filter), window).map(toInstance)
  }
}

function conditionsOf(provider: string, filter: InstanceFilter): Condition[] {
  const conditions = [where('provider = ?', provider), ...detailIs(filter)]
  if (filter.ids) conditions.push(selective(oneOf('id', filter.ids)))
  if (filter.name) conditions.push(nameIs('name', filter.name))
  if (filter.zone !== undefined) conditions.push(where('zone = ?', filter.zone))
  if (filter.group !== undefined) conditions.push(where('grp = ?', filter.group))
  if (filter.state !== undefined) conditions.push(where('state = ?', filter.state))
  return conditions
}

interface ItemRow extends Omit<Item, 'detail'> {
  readonly detail: string
}
const ITEM_COLUMNS = 'n, id, created_at AS createdAt, detail'

/** What a provider keeps and the core only stores: zones, resource groups, shares. */
export interface Items {
  byId(provider: string, kind: string, id: string): Item | undefined
  all(provider: string, kind: string): Item[]
  insert(provider: string, kind: string, item: Item): void
  update(item: Item, detail: object): Item
  drop(n: number): void
}

export function createItems(db: Database): Items {
  const toItem = (row: ItemRow): Item => ({ ...row, detail: JSON.parse(row.detail) })
  return {
    byId(provider, kind, id) {
      const row = db.get<ItemRow>(
        `SELECT ${ITEM_COLUMNS} FROM item WHERE provider = ? AND kind = ? AND id = ?`,
        provider,
        kind,
        id
      )
      return row && toItem(row)
    },
    all: (provider, kind) =>
      db
        .all<ItemRow>(
          `SELECT ${ITEM_COLUMNS} FROM item WHERE provider = ? AND kind = ? ORDER BY created_at, n`,
          provider,
          kind
        )
        .map(toItem),
    insert: (provider, kind, item) => {
      db.run(
        'INSERT INTO item (n, provider, kind, id, created_at, detail) VALUES (?, ?, ?, ?, ?, ?)',
        item.n,
        provider,
        kind,
        item.id,
        item.createdAt,
        JSON.stringify(item.detail)
      )
    },
    update(item, detail) {
      db.run('UPDATE item SET detail = ? WHERE n = ?', JSON.stringify(detail), item.n)
      return { ...item, detail }
    },
    drop: (n) => {
      db.run('DELETE FROM item WHERE n = ?', n)
    }
  }
}
