import type { IncomingHttpHeaders } from 'node:http'

/** A header's value as received; one that came several times is joined as Node joins. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  // Not `headers[name]` alone: a client may name `constructor` among its signed headers.
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined
  return Array.isArray(value) ? value.join(', ') : value
}

/**
 * A value without the blanks and tabs around it. Not `trim()`: it takes U+00A0 for a blank, which may be the last byte of
 * a character here. Nor a pattern: one that may end in blanks looks at every blank again for each blank before it.
 */
export function trimmed(value: string): string {
  let start = 0
  let end = value.length
  while (start < end && isBlank(value[start])) start++
  while (end > start && isBlank(value[end - 1])) end--
  return value.slice(start, end)
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}
