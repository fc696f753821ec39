import { EARLIEST_AT, LATEST_AT } from '../model/clock.ts'
import { FAULTS_MAX } from '../model/fault-form.ts'
import { SNAPSHOT_STATES, TIMED_INSTANCE_STATES, VOLUME_ACTIVITIES } from '../model/resources.ts'
import type { Database } from './database.ts'

/** Activities that end by themselves; of the others no end is due. */
const ENDLESS = ['idle', 'failed', 'expired', 'error', 'unavailable']
const ENDING_SNAPSHOT_STATES = ['creating', 'rolling-back', 'deleting']
const ORIGINS = ['manual', 'policy', 'copy']
/** What is due may lie beyond what a clock reaches: a retention of 65,535 days. */
const LAST_DUE_AT = LATEST_AT + 200 * 366 * 86_400_000
/** Far above what a world can make, far below where numbers are no longer told apart and ids would come again. */
const LAST_N = 2 ** 40
const DETAILED = ['item', 'instance', 'volume', 'policy', 'snapshot']
const NUMBERED = [...DETAILED, 'gone']

const listed = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ')
const dated = (column: string, from = 0, to = LAST_DUE_AT) => `${column} NOT BETWEEN ${from} AND ${to}`
/** Rows of a table that refer to nothing of their own provider. */
const dangling = (column: string, table: string, more = '') =>
  `${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${table} o WHERE o.n = t.${column} AND o.provider = t.provider${more})`

interface Rule {
  readonly table: string
  readonly what: string
  /** Of the rows that no call and no time can bring about. */
  readonly wrong: string
}

/** What every row must be; `t` is the row. */
const RULES: readonly Rule[] = [
  {
    table: 'world',
    what: 'clock_mode is neither system nor manual',
    wrong: "t.clock_mode NOT IN ('system', 'manual')"
  },
  { table: 'world', what: 'anchor_at is not within 2000 to 2100', wrong: dated('t.anchor_at', EARLIEST_AT, LATEST_AT) },
  { table: 'world', what: 'changed_at is later than anchor_at', wrong: 't.changed_at NOT BETWEEN 0 AND t.anchor_at' },
  { table: 'world', what: 'planted_n is not within 1 to next_n', wrong: 't.planted_n NOT BETWEEN 1 AND t.next_n' },
  { table: 'world', what: `next_n is above ${LAST_N}`, wrong: `t.next_n > ${LAST_N}` },
  { table: 'world', what: 'seed is no number of 32 bits', wrong: `t.seed NOT BETWEEN 0 AND ${2 ** 32 - 1}` },
  ...NUMBERED.flatMap((table): Rule[] => [
    { table, what: 'n is not below next_n of the world', wrong: 't.n < 1 OR t.n >= (SELECT next_n FROM world)' },
    { table, what: 'created_at is no time', wrong: dated('t.created_at') },
    { table, what: 'id is empty', wrong: "t.id = ''" }
  ]),
  ...DETAILED.map((table): Rule => ({ table, what: 'detail is no object', wrong: "json_type(t.detail) <> 'object'" })),
  { table: 'gone', what: 'no seed planted it', wrong: 't.n >= (SELECT planted_n FROM world)' },

  {
    table: 'instance',
    what: 'it ends in a state that does not end',
    wrong: `t.state_ends_at IS NOT NULL AND (t.state NOT IN (${listed(TIMED_INSTANCE_STATES)}) OR ${dated('t.state_ends_at')})`
  },

  { table: 'volume', what: 'activity is not known', wrong: `t.activity NOT IN (${listed(VOLUME_ACTIVITIES)})` },
  {
    table: 'volume',
    what: 'it ends in an activity that does not end',
    wrong: `t.activity_ends_at IS NOT NULL AND (t.activity IN (${listed(ENDLESS)}) OR ${dated('t.activity_ends_at')})`
  },
  { table: 'volume', what: 'size_gib is no size', wrong: 't.size_gib NOT BETWEEN 1 AND 1000000000' },
  { table: 'volume', what: 'instance_n names no instance', wrong: dangling('instance_n', 'instance') },
  {
    table: 'volume',
    what: 'policy_n names no policy that is there',
    wrong: dangling('policy_n', 'policy', ' AND o.gone_at IS NULL')
  },
  {
    table: 'volume',
    what: 'it is gone but busy, attached or bound',
    wrong:
      "t.gone_at IS NOT NULL AND (t.activity <> 'idle' OR t.activity_ends_at IS NOT NULL OR t.policy_n IS NOT NULL OR t.instance_n IS NOT NULL)"
  },
  {
    table: 'volume',
    what: 'it is gone, and no snapshot names it',
    wrong: 't.gone_at IS NOT NULL AND t.manual_count + t.auto_count = 0'
  },
  {
    table: 'volume',
    what: 'pending is no object',
    wrong: "t.pending IS NOT NULL AND (NOT json_valid(t.pending) OR json_type(t.pending) <> 'object')"
  },
  {
    table: 'volume',
    what: 'content_hash names no content',
    wrong: 't.content_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM content c WHERE c.hash = t.content_hash)'
  },
  { table: 'policy', what: 'weekdays are no set of seven', wrong: 't.weekdays NOT BETWEEN 0 AND 127' },
  { table: 'policy', what: 'hours are no set of twenty-four', wrong: `t.hours NOT BETWEEN 0 AND ${2 ** 24 - 1}` },
  {
    table: 'policy',
    what: 'utc_offset_minutes is no offset',
    wrong: 't.utc_offset_minutes NOT BETWEEN -1440 AND 1440'
  },
  { table: 'policy', what: 'retention_days is no number of days', wrong: 't.retention_days NOT BETWEEN 1 AND 1000000' },
  {
    table: 'policy',
    what: 'volume_count is not the number of its volumes',
    wrong: 't.volume_count <> (SELECT count(*) FROM volume v WHERE v.policy_n = t.n)'
  },
  {
    table: 'policy',
    what: 'it fires without volumes',
    wrong: 't.fires_at IS NOT NULL AND (t.volume_count = 0 OR t.gone_at IS NOT NULL)'
  },
  { table: 'policy', what: 'fires_at is no time', wrong: dated('t.fires_at') },
  { table: 'policy', what: 'fire_cursor or fired_count is negative', wrong: 't.fire_cursor < 0 OR t.fired_count < 0' },
  {
    table: 'policy',
    what: 'it is gone, and no snapshot names it',
    wrong: 't.gone_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM snapshot s WHERE s.policy_n = t.n)'
  },

  { table: 'snapshot', what: 'state is not known', wrong: `t.state NOT IN (${listed(SNAPSHOT_STATES)})` },
  { table: 'snapshot', what: 'origin is not known', wrong: `t.origin NOT IN (${listed(ORIGINS)})` },
  {
    table: 'snapshot',
    what: 'it ends in a state that does not end',
    wrong: `t.state_ends_at IS NOT NULL AND (t.state NOT IN (${listed(ENDING_SNAPSHOT_STATES)}) OR ${dated('t.state_ends_at')})`
  },
  { table: 'snapshot', what: 'expires_at is no time', wrong: dated('t.expires_at') },
  {
    table: 'snapshot',
    what: 'volume_n names no volume',
    wrong: `(t.volume_n = 0) <> (t.origin = 'copy') OR (t.volume_n <> 0 AND ${dangling('volume_n', 'volume')})`
  },
  { table: 'snapshot', what: 'policy_n names no policy', wrong: dangling('policy_n', 'policy') },
  {
    table: 'snapshot',
    what: 'content_hash names no content',
    wrong: 't.content_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM content c WHERE c.hash = t.content_hash)'
  },

  { table: 'fault', what: 'scope is neither world nor server', wrong: "t.scope NOT IN ('world', 'server')" },
  { table: 'fault', what: 'id is empty', wrong: "t.id = ''" },
  {
    table: 'fault',
    what: 'it has acted more often than it was met',
    wrong: 't.acted NOT BETWEEN 0 AND t.met OR t.met > 9007199254740991'
  },
  { table: 'fault', what: 'window_count is negative', wrong: 't.window_count < 0' },
  { table: 'fault', what: 'window_at is no time', wrong: dated('t.window_at') },
  { table: 'fault', what: 'rule is no object', wrong: "json_type(t.rule) <> 'object'" },
  {
    table: 'fault',
    what: `there are more than ${FAULTS_MAX}`,
    wrong: `(SELECT count(*) FROM fault) > ${2 * FAULTS_MAX}`
  },

  { table: 'setting', what: 'value is no JSON', wrong: 'NOT json_valid(t.value)' },
  { table: 'token', what: 'reply is no JSON', wrong: 't.reply IS NOT NULL AND NOT json_valid(t.reply)' },
  {
    table: 'occurrence',
    what: 'skipped is no object',
    wrong: "t.skipped IS NOT NULL AND (NOT json_valid(t.skipped) OR json_type(t.skipped) <> 'object')"
  }
]

/** Kept totals, made anew of the rows. */
const TOTALS = [
  { table: 'snapshot', columns: "'snapshot', zone, state, origin, kind, grp", which: '' },
  { table: 'volume', columns: "'volume', zone, '', '', kind, grp", which: ' AND gone_at IS NULL' },
  { table: 'policy', columns: "'policy', zone, '', '', '', grp", which: ' AND gone_at IS NULL' }
] as const

/**
 * What is wrong with rows that somebody brought, in a sentence; undefined: nothing so far. They must be what calls and time
 * can bring about, or time could not go on with them. Totals are not believed but counted. Whoever reads it may let others
 * have a turn between two steps: none looks at more than some ten thousand rows.
 */
export function* unsoundness(db: Database, providers: readonly string[]): Generator<string | undefined, void> {
  if (db.all('SELECT 1 FROM world').length !== 1) yield 'the table world has not one row'
  const known = JSON.stringify(providers)
  for (const table of NUMBERED) {
    for (const { sql, values } of windows(db, table)) {
      const [row] = db.all<{ provider: string }>(
        `SELECT provider FROM ${table} t WHERE ${sql} AND provider NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
        ...values,
        known
      )
      yield row && `${table}: there is no cloud ${JSON.stringify(row.provider)}`
    }
  }
  for (const { table, what, wrong } of RULES) {
    for (const { sql, values } of windows(db, table)) {
      const [row] = db.all<{ name: string | number }>(
        `SELECT ${nameIn(table)} AS name FROM ${table} t WHERE ${sql} AND (${wrong}) LIMIT 1`,
        ...values
      )
      yield row && `${table} ${row.name}: ${what}`
    }
  }
  yield* miscounted(db)
  db.run('DELETE FROM total')
  for (const { table, columns, which } of TOTALS) {
    for (const { sql, values } of windows(db, table)) {
      db.run(
        `INSERT INTO total (provider, what, zone, state, origin, kind, grp, n)
SELECT provider, ${columns}, count(*) FROM ${table} t WHERE ${sql}${which} GROUP BY 1, 2, 3, 4, 5, 6, 7
ON CONFLICT DO UPDATE SET n = n + excluded.n`,
        ...values
      )
      yield undefined
    }
  }
}

/** Volumes that say another number of snapshots than there are. */
function* miscounted(db: Database): Generator<string | undefined, void> {
  const counts = new Map<number, { auto: number; manual: number }>()
  for (const { sql, values } of windows(db, 'snapshot')) {
    const found = db.all<{ volumeN: number; auto: number; manual: number }>(
      `SELECT volume_n AS volumeN, sum(origin = 'policy') AS auto, sum(origin <> 'policy') AS manual
FROM snapshot t WHERE ${sql} GROUP BY 1`,
      ...values
    )
    for (const { volumeN, auto, manual } of found) {
      const count = counts.get(volumeN) ?? { auto: 0, manual: 0 }
      counts.set(volumeN, { auto: count.auto + auto, manual: count.manual + manual })
    }
    yield undefined
  }
  for (const { sql, values } of windows(db, 'volume')) {
    const volumes = db.all<{ n: number; id: string; auto: number; manual: number }>(
      `SELECT n, id, auto_count AS auto, manual_count AS manual FROM volume t WHERE ${sql}`,
      ...values
    )
    for (const { n, id, auto, manual } of volumes) {
      const count = counts.get(n) ?? { auto: 0, manual: 0 }
      if (auto !== count.auto) yield `volume ${id}: auto_count is not the number of its automatic snapshots`
      if (manual !== count.manual) yield `volume ${id}: manual_count is not the number of its other snapshots`
    }
    yield undefined
  }
}

/** So many rows are looked at in one step. */
const WINDOW = 10_000

interface Window {
  /** A condition on the row `t`. */
  readonly sql: string
  readonly values: readonly number[]
}

/** Parts of a table, in the order of `n`; the whole of one that has none, or no index on it. */
function* windows(db: Database, table: string): Generator<Window, void> {
  if (!DETAILED.includes(table)) {
    yield { sql: 'TRUE', values: [] }
    return
  }
  for (let from = 0; ; ) {
    const [row] = db.all<{ last: number | null }>(
      `SELECT max(n) AS last FROM (SELECT n FROM ${table} WHERE n > ? ORDER BY n LIMIT ${WINDOW})`,
      from
    )
    const last = row?.last ?? null
    if (last === null) break
    yield { sql: 't.n > ? AND t.n <= ?', values: [from, last] }
    from = last
  }
  // What is numbered below 1 is wrong, and would be seen by none of them.
  yield { sql: 't.n <= ?', values: [0] }
}

/** By which column a row is told. */
function nameIn(table: string): string {
  if (NUMBERED.includes(table) || table === 'fault') return 't.id'
  return table === 'token' ? 't.token' : table === 'occurrence' ? 't.policy_n' : 't.name'
}
