import { DAY_MS, HOUR_MS } from './clock.ts'

export interface Firing {
  /** 0 = Sunday … 6 = Saturday. */
  readonly weekdays: readonly number[]
  /** 0 to 23, ascending. */
  readonly hours: readonly number[]
  readonly utcOffsetMinutes: number
}

/** The first instant strictly after `after` at minute 0 of a listed hour on a listed day, or null if none is listed. */
export function nextFiring(schedule: Firing, after: number): number | null {
  const { weekdays, hours } = schedule
  if (weekdays.length === 0 || hours.length === 0) return null
  const offset = schedule.utcOffsetMinutes * 60_000
  const local = after + offset
  // The same weekday may come round again with only earlier hours left, so look eight days ahead.
  for (let day = 0; day <= 7; day++) {
    const midnight = Math.floor(local / DAY_MS) * DAY_MS + day * DAY_MS
    if (!weekdays.includes(weekdayOf(midnight))) continue
    for (const hour of hours) {
      const at = midnight + hour * HOUR_MS
      if (at > local) return at - offset
    }
  }
  return null
}

/** How many instants of the schedule lie in (after, to]: whole weeks by product, the rest by walking. */
export function countFirings(schedule: Firing, after: number, to: number): number {
  if (to <= after) return 0
  const week = 7 * DAY_MS
  const weeks = Math.floor((to - after) / week)
  let count = weeks * schedule.weekdays.length * schedule.hours.length
  let at = nextFiring(schedule, after + weeks * week)
  while (at !== null && at <= to) {
    count++
    at = nextFiring(schedule, at)
  }
  return count
}

/** 0 = Sunday: 1970-01-01 was a Thursday. */
function weekdayOf(midnight: number): number {
  return (((midnight / DAY_MS + 4) % 7) + 7) % 7
}
