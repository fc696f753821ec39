export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
export const YEAR_MS = 365 * DAY_MS
/** What Baidu's own clocks show. */
const BAIDU_OFFSET_MS = 8 * HOUR_MS

/** Epoch milliseconds of an instant that the server told. */
export function msOf(instant: string): number {
  return Date.parse(instant)
}

/** `2026-01-05 08:00:00`, in UTC. */
export function shownAt(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 19).replace('T', ' ') : '–'
}

/** What a clock of each cloud shows then. */
export function onHover(ms: number): string {
  const baidu = shownAt(ms + BAIDU_OFFSET_MS)
  return `${new Date(ms).toISOString()}\nZenlayer: ${shownAt(ms)} UTC\nBaidu: ${baidu} UTC+8`
}

/** `3 d 4 h`, to two parts. */
export function lengthOf(ms: number): string {
  const parts: string[] = []
  let rest = Math.abs(ms)
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size)
    if (count > 0) parts.push(`${count} ${name}`)
    rest -= count * size
    if (parts.length === 2) break
  }
  return parts.length === 0 ? '0 s' : parts.join(' ')
}
const UNITS = [
  ['y', YEAR_MS],
  ['d', DAY_MS],
  ['h', HOUR_MS],
  ['min', 60_000],
  ['s', 1000]
] as const

/** An instant from what a person writes: a date, or a date and a time, in UTC unless it says otherwise. */
export function instantFrom(text: string): string | undefined {
  const trimmed = text.trim().replace(' ', 'T')
  const full = /^\d{4}-\d\d-\d\d$/.test(trimmed) ? `${trimmed}T00:00:00Z` : trimmed
  const zoned = /(Z|[+-]\d\d:\d\d)$/i.test(full) ? full : `${full}Z`
  const ms = Date.parse(zoned)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
