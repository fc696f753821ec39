// Whether what was printed is what a page shows. All must be the same but for what differs from run to run: request ids;
// instants within two days of now, for which the page has one of the day it was written on; and how long something took.

const REQUEST_ID = /\bT?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi
const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g
const TOOK = /\b\d+(?:\.\d+)? ?(?:ms|µs|s)\b/g
const DURATIONS = /^(?:duration|uptime)/
const NEAR_MS = 2 * 86_400_000

/** Whether a text that is printed is the one that is shown; a line that is an ellipsis stands for any lines. */
export function isLikeText(shown: string, printed: string): boolean {
  const near = printed.replaceAll(INSTANT, (instant) => (isNear(instant) ? NOW : instant))
  const wanted = linesOf(shown).map((line) => (line.trim() === '…' ? '(?:.*\\n)*?' : `${patternOf(line)}\\n`))
  return new RegExp(`^${wanted.join('')}$`).test(`${linesOf(near).join('\n')}\n`)
}
const NOW = '<now>'

/** Without what differs from run to run; how wide columns are is no matter. */
function linesOf(text: string): readonly string[] {
  const steady = text.replaceAll(REQUEST_ID, '<id>').replaceAll(TOOK, '<took>').replaceAll(/ {2,}/g, '  ')
  return steady
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())
}

/** What stood near to the day on which a page was written may be as near to this one. */
function patternOf(line: string): string {
  return escaped(line).replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\\\.\d+)?Z/g, (instant) => `(?:${instant}|${NOW})`)
}

/** The same for JSON, parsed. */
export function isLike(shown: unknown, printed: unknown, name = ''): boolean {
  if (Array.isArray(shown) || Array.isArray(printed)) {
    return (
      Array.isArray(shown) &&
      Array.isArray(printed) &&
      shown.length === printed.length &&
      shown.every((each, index) => isLike(each, printed[index]))
    )
  }
  if (isObject(shown) && isObject(printed)) {
    const names = Object.keys(shown)
    return (
      names.join() === Object.keys(printed).join() && names.every((each) => isLike(shown[each], printed[each], each))
    )
  }
  if (typeof shown === 'number' && typeof printed === 'number' && DURATIONS.test(name)) return true
  if (typeof shown === 'string' && typeof printed === 'string') {
    return isOnly(REQUEST_ID, shown) && isOnly(REQUEST_ID, printed)
      ? true
      : isOnly(INSTANT, shown) && isNear(printed)
        ? true
        : shown === printed
  }
  return shown === printed
}

function isOnly(pattern: RegExp, text: string): boolean {
  return text.replace(pattern, '') === '' && text !== ''
}
function isNear(instant: string): boolean {
  return Math.abs(Date.parse(instant) - Date.now()) < NEAR_MS
}
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
