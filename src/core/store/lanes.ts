import type { Lane, TimelinePart, TimelineSnapshot, TimelineWindow } from '../model/timeline.ts'
import { joined, textIs, where } from './conditions.ts'
import type { Database } from './database.ts'

/** A volume as the time line has it; one that is gone stays while snapshots name it. */
export interface LaneRow extends Omit<Lane, 'policy' | 'snapshots' | 'parts'> {
  readonly n: number
  readonly policyN: number | null
}
type Span = Pick<TimelineWindow, 'from' | 'to'>

/** What the time line reads of volumes and their snapshots. */
export interface Lanes {
  /** In the order of their making. */
  page(window: TimelineWindow): { readonly total: number; readonly rows: readonly LaneRow[] }
  /** Those that are there at some instant of the span, the oldest first. */
  snapshots(volumeN: number, span: Span, limit: number): TimelineSnapshot[]
  /** The same, counted for each of so many equal parts. */
  parts(volumeN: number, span: Span, parts: number): TimelinePart[]
}

const EVERY = where('1')
const THERE = 'volume_n = ? AND created_at <= ? AND (created_at >= ? OR expires_at IS NULL OR expires_at >= ?)'

export function createLanes(db: Database): Lanes {
  return {
    page({ provider, text, limit, offset }) {
      const { sql, values } = joined([
        ...EVERY,
        ...(provider === undefined ? [] : where('provider = ?', provider)),
        ...textIs(text)
      ])
      const counted = db.get<{ total: number }>(`SELECT count(*) AS total FROM volume WHERE ${sql}`, ...values)
      const rows = db.all<LaneRow>(
        `SELECT n, provider, id, name, kind, created_at AS createdAt, activity, gone_at AS goneAt, policy_n AS policyN
         FROM volume WHERE ${sql} ORDER BY n LIMIT ? OFFSET ?`,
        ...values,
        limit,
        offset
      )
      return { total: counted?.total ?? 0, rows }
    },
    snapshots: (volumeN, { from, to }, limit) =>
      db.all<TimelineSnapshot>(
        `SELECT id, created_at AS at, expires_at AS expiresAt, origin, state FROM snapshot
         WHERE ${THERE} ORDER BY created_at, n LIMIT ?`,
        ...[volumeN, to, from, from, limit]
      ),
    parts: (volumeN, { from, to }, parts) =>
      db.all<TimelinePart>(
        `SELECT CASE WHEN created_at < ? THEN -1 ELSE CAST(min(? - 1, (created_at - ?) * ? / ?) AS INTEGER) END AS part, count(*) AS count,
           sum(origin = 'policy') AS automatic, sum(state <> 'available') AS odd,
           CASE WHEN count(expires_at) = count(*) THEN max(expires_at) END AS until
         FROM snapshot WHERE ${THERE} GROUP BY part ORDER BY part`,
        ...[from, parts, from, parts, Math.max(1, to - from)],
        ...[volumeN, to, from, from]
      )
  }
}
