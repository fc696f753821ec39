/** "SNAP": files of ours are known by it. */
export const APPLICATION_ID = 0x534e4150
export const SCHEMA_VERSION = 3

const trigger = (table: string, kind: string) => `
CREATE TRIGGER ${table}_gone AFTER DELETE ON ${table} WHEN OLD.n < (SELECT planted_n FROM world)
BEGIN INSERT OR REPLACE INTO gone VALUES (OLD.provider, ${kind}, OLD.id, OLD.n, OLD.created_at); END;`

/**
 * A list goes on where a row was that is gone. An id that the rules made tells its `n`; those of rows that a seed planted,
 * in its own words and of any age, are kept when they go.
 */
const GONE = `
CREATE TABLE gone (provider TEXT, kind TEXT, id TEXT, n INTEGER NOT NULL, created_at INTEGER NOT NULL,
  PRIMARY KEY (provider, kind, id)) STRICT, WITHOUT ROWID;
${trigger('item', 'OLD.kind')}
${['instance', 'volume', 'policy', 'snapshot'].map((table) => trigger(table, `'${table}'`)).join('')}
`

/**
 * The world's own rules, and what those of the server came to here: `position` says of which making, and what a rule is
 * stands in the server's list.
 */
const FAULT = `
CREATE TABLE fault (scope TEXT, id TEXT, position INTEGER NOT NULL, met INTEGER NOT NULL, acted INTEGER NOT NULL,
  window_at INTEGER, window_count INTEGER NOT NULL, rule TEXT CHECK (json_valid(rule)),
  PRIMARY KEY (scope, id)) STRICT, WITHOUT ROWID;`

/** SQL from each format to the next: the first entry brings format 1 to 2. */
export const MIGRATIONS: readonly string[] = [
  `ALTER TABLE world ADD COLUMN planted_n INTEGER NOT NULL DEFAULT 1; ${GONE}`,
  // Nothing wrote to it before.
  `DROP TABLE fault; ${FAULT}`
]

/**
 * One world. What will happen is a due column with a partial index, since a row per future event made a year of policies
 * twice as dear; totals are kept; rows refer to each other by `n`. Each index serves what is due next, or a list's filter.
 */
export const SCHEMA = `
CREATE TABLE world (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, clock_mode TEXT NOT NULL,
  anchor_at INTEGER NOT NULL, anchor_wall INTEGER NOT NULL, changed_at INTEGER NOT NULL, next_n INTEGER NOT NULL,
  seed INTEGER NOT NULL, planted_n INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE item (n INTEGER PRIMARY KEY, provider TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
  created_at INTEGER NOT NULL, detail TEXT NOT NULL CHECK (json_valid(detail)), UNIQUE (provider, kind, id)) STRICT;

CREATE TABLE instance (n INTEGER PRIMARY KEY, provider TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
  zone TEXT NOT NULL, grp TEXT NOT NULL, created_at INTEGER NOT NULL, state TEXT NOT NULL, state_ends_at INTEGER,
  detail TEXT NOT NULL CHECK (json_valid(detail)), UNIQUE (provider, id)) STRICT;
CREATE INDEX instance_created ON instance (provider, created_at, n);
CREATE INDEX instance_due ON instance (state_ends_at, n) WHERE state_ends_at IS NOT NULL;

CREATE TABLE volume (n INTEGER PRIMARY KEY, provider TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
  zone TEXT NOT NULL, kind TEXT NOT NULL, grp TEXT NOT NULL, size_gib INTEGER NOT NULL, created_at INTEGER NOT NULL,
  instance_n INTEGER, activity TEXT NOT NULL, activity_ends_at INTEGER, pending TEXT,
  fails INTEGER NOT NULL DEFAULT 0, policy_n INTEGER, manual_count INTEGER NOT NULL, auto_count INTEGER NOT NULL,
  content_hash TEXT, gone_at INTEGER, detail TEXT NOT NULL CHECK (json_valid(detail)), UNIQUE (provider, id)) STRICT;
CREATE INDEX volume_created ON volume (provider, created_at, n) WHERE gone_at IS NULL;
CREATE INDEX volume_policy ON volume (policy_n, n) WHERE policy_n IS NOT NULL;
CREATE INDEX volume_instance ON volume (instance_n, n) WHERE instance_n IS NOT NULL;
CREATE INDEX volume_due ON volume (activity_ends_at, n) WHERE activity_ends_at IS NOT NULL;

CREATE TABLE policy (n INTEGER PRIMARY KEY, provider TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
  zone TEXT NOT NULL, grp TEXT NOT NULL, created_at INTEGER NOT NULL, weekdays INTEGER NOT NULL,
  hours INTEGER NOT NULL, utc_offset_minutes INTEGER NOT NULL, retention_days INTEGER, fires_at INTEGER,
  fire_cursor INTEGER NOT NULL DEFAULT 0, last_fired_at INTEGER, fired_count INTEGER NOT NULL DEFAULT 0,
  volume_count INTEGER NOT NULL, gone_at INTEGER, detail TEXT NOT NULL CHECK (json_valid(detail)),
  UNIQUE (provider, id)) STRICT;
CREATE INDEX policy_created ON policy (provider, created_at, n) WHERE gone_at IS NULL;
CREATE INDEX policy_due ON policy (fires_at, n) WHERE fires_at IS NOT NULL;

CREATE TABLE snapshot (n INTEGER PRIMARY KEY, provider TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
  volume_n INTEGER NOT NULL, zone TEXT NOT NULL, kind TEXT NOT NULL, grp TEXT NOT NULL, size_gib INTEGER NOT NULL,
  origin TEXT NOT NULL, policy_n INTEGER, fired_at INTEGER, created_at INTEGER NOT NULL, expires_at INTEGER,
  state TEXT NOT NULL, state_ends_at INTEGER, fails INTEGER NOT NULL DEFAULT 0, content_hash TEXT,
  detail TEXT NOT NULL CHECK (json_valid(detail)), UNIQUE (provider, id)) STRICT;
CREATE INDEX snapshot_created ON snapshot (provider, created_at, n);
CREATE INDEX snapshot_volume ON snapshot (volume_n, created_at, n);
CREATE INDEX snapshot_name ON snapshot (provider, name, n);
CREATE INDEX snapshot_zone ON snapshot (provider, zone, created_at, n);
CREATE INDEX snapshot_policy ON snapshot (policy_n, created_at, n) WHERE policy_n IS NOT NULL;
CREATE INDEX snapshot_origin ON snapshot (provider, origin, created_at, n);
CREATE INDEX snapshot_odd ON snapshot (provider, state, created_at, n) WHERE state <> 'available';
CREATE INDEX snapshot_expiry ON snapshot (expires_at, n) WHERE expires_at IS NOT NULL AND state_ends_at IS NULL;
CREATE INDEX snapshot_due ON snapshot (state_ends_at, n) WHERE state_ends_at IS NOT NULL;

CREATE TABLE total (provider TEXT, what TEXT, zone TEXT, state TEXT, origin TEXT, kind TEXT, grp TEXT,
  n INTEGER NOT NULL, PRIMARY KEY (provider, what, zone, state, origin, kind, grp)) STRICT, WITHOUT ROWID;
CREATE TABLE occurrence (policy_n INTEGER, at INTEGER, made INTEGER NOT NULL, skipped TEXT,
  PRIMARY KEY (policy_n, at)) STRICT, WITHOUT ROWID;
CREATE TABLE token (provider TEXT, token TEXT, request TEXT NOT NULL, reply TEXT, used_at INTEGER NOT NULL,
  PRIMARY KEY (provider, token)) STRICT, WITHOUT ROWID;
CREATE INDEX token_used ON token (used_at);
CREATE TABLE content (hash TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
${FAULT}
${GONE}`
