import { assert } from '../model/assert.ts'
import type { Anchor } from '../model/clock.ts'
import type { SettingValue } from '../model/resources.ts'
import { type AgendaRows, createAgendaRows } from './agenda.ts'
import { type Database, openDatabase } from './database.ts'
import { createInstances, createItems, type Instances, type Items } from './instances.ts'
import { createPolicies, type Policies } from './policies.ts'
import { createSnapshotGroups, type SnapshotGroups } from './snapshot-groups.ts'
import { createSnapshots, type Snapshots } from './snapshots.ts'
import { createTotals, type Totals } from './totals.ts'
import { createVolumes, type Volumes } from './volumes.ts'

/** The one row that says what this world is. Kept in memory, written with the transaction that changed it. */
export interface WorldRow extends Anchor {
  name: string
  mode: 'system' | 'manual'
  anchorAt: number
  anchorWall: number
  /** The instant of the last committed write or applied event: the clock never goes back before it. */
  changedAt: number
  nextN: number
  seed: number
}

export interface Due {
  readonly at: number
  readonly n: number
}
export interface Completion {
  readonly what: 'volume' | 'snapshot' | 'instance'
  readonly n: number
}
export interface OccurrenceRow {
  readonly at: number
  readonly made: number
  /** JSON: what was passed over, by reason. */
  readonly skipped: string | null
}
export interface TokenRow {
  readonly request: string
  readonly reply: string | null
  readonly usedAt: number
}

/** A world's database, as typed tables. The only place with SQL is this folder. */
export interface Store {
  readonly db: Database
  readonly row: WorldRow
  readonly totals: Totals
  readonly volumes: Volumes
  readonly snapshots: Snapshots
  readonly snapshotGroups: SnapshotGroups
  readonly policies: Policies
  readonly instances: Instances
  readonly items: Items
  readonly due: {
    nextCompletion(): Due | undefined
    nextExpiry(): Due | undefined
    nextFiring(): Due | undefined
    /** What completes at that instant, by `n`. */
    completionsAt(at: number, limit: number): Completion[]
  }
  readonly occurrences: {
    add(policyN: number, at: number, made: number, skipped: string | null): void
    /** A firing that was cut off between two batches adds to what it did before. */
    find(policyN: number, at: number): OccurrenceRow | undefined
    /** The newest, oldest of them first. */
    newest(policyN: number, limit: number): OccurrenceRow[]
    /** Strictly after an instant, oldest first. */
    after(policyN: number, at: number, limit: number): OccurrenceRow[]
    /** All but the newest. */
    trim(policyN: number, keep: number): void
  }
  readonly agenda: AgendaRows
  readonly tokens: {
    find(provider: string, token: string): TokenRow | undefined
    touch(provider: string, token: string, at: number): void
    put(provider: string, token: string, row: TokenRow): void
    forgetBefore(at: number): void
  }
  readonly settings: {
    all(): Readonly<Record<string, SettingValue>>
    put(name: string, value: SettingValue): void
    drop(name: string): void
  }
  readonly contents: {
    text(hash: string): string | undefined
    put(hash: string, text: string): void
  }
  /** A bound below which nothing falls due: the usual call costs one comparison. */
  dueAt(): number
  /** Something may fall due then. Every write of a due column says so. */
  noteDue(at: number | null | undefined): void
  /** Looked up: this is when something falls due next. */
  noteExactly(at: number | undefined): void
  /** Takes the world's row from the database anew. Throws where there is none. */
  reread(): void
  /** One transaction. What memory holds of the database follows it, back and forth. */
  transaction<T>(body: () => T): T
}

export function openStore(source?: Buffer | string): Store {
  const db = openDatabase(source)
  const readRow = () =>
    db.get<WorldRow>(
      `SELECT name, clock_mode AS mode, anchor_at AS anchorAt, anchor_wall AS anchorWall, changed_at AS changedAt,
         next_n AS nextN, seed FROM world`
    )
  if (!readRow()) db.run("INSERT INTO world VALUES (1, '', 'manual', 0, 0, 0, 1, 0)")
  const row: WorldRow = { name: '', mode: 'manual', anchorAt: 0, anchorWall: 0, changedAt: 0, nextN: 1, seed: 0 }
  let written = ''
  const reread = () => {
    const stored = readRow()
    assert(stored, 'the table world has no row')
    Object.assign(row, stored)
    written = JSON.stringify(row)
    settings = undefined
  }
  const writeRow = () => {
    const text = JSON.stringify(row)
    if (text === written) return
    db.run(
      'UPDATE world SET name = ?, clock_mode = ?, anchor_at = ?, anchor_wall = ?, changed_at = ?, next_n = ?, seed = ?',
      row.name,
      row.mode,
      row.anchorAt,
      row.anchorWall,
      row.changedAt,
      row.nextN,
      row.seed
    )
    written = text
  }
  let settings: Record<string, SettingValue> | undefined
  reread()

  let dueAt = Number.POSITIVE_INFINITY
  const noteDue = (at: number | null | undefined) => {
    if (typeof at === 'number' && at < dueAt) dueAt = at
  }
  const totals = createTotals(db)
  const volumes = createVolumes(db, totals, noteDue)
  const first = (table: string, column: string, condition: string) => () =>
    db.get<Due>(
      `SELECT ${column} AS at, n FROM ${table} WHERE ${column} IS NOT NULL${condition} ORDER BY ${column}, n LIMIT 1`
    )
  const completes = [
    first('volume', 'activity_ends_at', ''),
    first('snapshot', 'state_ends_at', ''),
    first('instance', 'state_ends_at', '')
  ]

  return {
    db,
    row,
    totals,
    volumes,
    snapshots: createSnapshots(db, totals, volumes, noteDue),
    snapshotGroups: createSnapshotGroups(db, totals, volumes, noteDue),
    policies: createPolicies(db, totals, noteDue),
    instances: createInstances(db, noteDue),
    items: createItems(db),
    due: {
      nextCompletion() {
        let next: Due | undefined
        for (const head of completes) {
          const due = head()
          if (due && (!next || due.at < next.at || (due.at === next.at && due.n < next.n))) next = due
        }
        return next
      },
      nextExpiry: first('snapshot', 'expires_at', ' AND state_ends_at IS NULL'),
      nextFiring: first('policy', 'fires_at', ''),
      completionsAt: (at, limit) =>
        db.all<Completion>(
          `SELECT * FROM (SELECT 'volume' AS what, n FROM volume WHERE activity_ends_at = ? ORDER BY n LIMIT ?)
           UNION ALL SELECT * FROM (SELECT 'snapshot', n FROM snapshot WHERE state_ends_at = ? ORDER BY n LIMIT ?)
           UNION ALL SELECT * FROM (SELECT 'instance', n FROM instance WHERE state_ends_at = ? ORDER BY n LIMIT ?)
           ORDER BY n LIMIT ?`,
          at,
          limit,
          at,
          limit,
          at,
          limit,
          limit
        )
    },
    occurrences: {
      add: (policyN, at, made, skipped) => {
        db.run(
          'INSERT OR REPLACE INTO occurrence (policy_n, at, made, skipped) VALUES (?, ?, ?, ?)',
          policyN,
          at,
          made,
          skipped
        )
      },
      find: (policyN, at) =>
        db.get<OccurrenceRow>('SELECT at, made, skipped FROM occurrence WHERE policy_n = ? AND at = ?', policyN, at),
      newest: (policyN, limit) =>
        db
          .all<OccurrenceRow>(
            'SELECT at, made, skipped FROM occurrence WHERE policy_n = ? ORDER BY at DESC LIMIT ?',
            policyN,
            limit
          )
          .reverse(),
      after: (policyN, at, limit) =>
        db.all<OccurrenceRow>(
          'SELECT at, made, skipped FROM occurrence WHERE policy_n = ? AND at > ? ORDER BY at LIMIT ?',
          policyN,
          at,
          limit
        ),
      trim: (policyN, keep) => {
        db.run(
          `DELETE FROM occurrence WHERE policy_n = ? AND at <=
             (SELECT at FROM occurrence WHERE policy_n = ? ORDER BY at DESC LIMIT 1 OFFSET ?)`,
          policyN,
          policyN,
          keep
        )
      }
    },
    agenda: createAgendaRows(db),
    tokens: {
      find: (provider, token) =>
        db.get<TokenRow>(
          'SELECT request, reply, used_at AS usedAt FROM token WHERE provider = ? AND token = ?',
          provider,
          token
        ),
      touch: (provider, token, at) => {
        db.run('UPDATE token SET used_at = ? WHERE provider = ? AND token = ?', at, provider, token)
      },
      put: (provider, token, entry) => {
        db.run(
          'INSERT OR REPLACE INTO token (provider, token, request, reply, used_at) VALUES (?, ?, ?, ?, ?)',
          provider,
          token,
          entry.request,
          entry.reply,
          entry.usedAt
        )
      },
      forgetBefore: (at) => {
        db.run('DELETE FROM token WHERE used_at < ?', at)
      }
    },
    settings: {
      all() {
        settings ??= Object.fromEntries(
          db
            .all<{ name: string; value: string }>('SELECT name, value FROM setting')
            .map((entry) => [entry.name, JSON.parse(entry.value)])
        )
        return settings
      },
      put(name, value) {
        db.run('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)', name, JSON.stringify(value))
        settings = undefined
      },
      drop(name) {
        db.run('DELETE FROM setting WHERE name = ?', name)
        settings = undefined
      }
    },
    contents: {
      text: (hash) => db.get<{ text: string }>('SELECT text FROM content WHERE hash = ?', hash)?.text,
      put: (hash, text) => {
        db.run('INSERT OR IGNORE INTO content (hash, text) VALUES (?, ?)', hash, text)
      }
    },
    dueAt: () => dueAt,
    noteDue,
    noteExactly: (at) => {
      dueAt = at ?? Number.POSITIVE_INFINITY
    },
    reread,
    transaction(body) {
      try {
        return db.transaction(() => {
          const result = body()
          totals.flush()
          volumes.flush()
          writeRow()
          return result
        })
      } catch (error) {
        totals.forget()
        volumes.forget()
        reread()
        throw error
      }
    }
  }
}
