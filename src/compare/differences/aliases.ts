/**
 * Which id of one side is which of the other: learnt where both answer in the same place, and held to from then on. Each has
 * one partner at most.
 */
export interface Aliases {
  /** Whether these two are one: they are from now on, where neither had a partner. */
  match(theirs: string, ours: string): boolean
  ours(theirs: string): string | undefined
  theirs(ours: string): string | undefined
  /** A text with their ids replaced by ours. */
  translated(text: string): string
}

/** Shorter ones would be found in texts that mean something else. */
const FOUND_WITHIN_TEXTS_MIN = 8

export function createAliases(): Aliases {
  const toOurs = new Map<string, string>()
  const toTheirs = new Map<string, string>()
  /** Of theirs, those that may stand within a text and are called otherwise here. */
  const renamed: string[] = []
  return {
    match(theirs, ours) {
      const partner = toOurs.get(theirs)
      if (partner !== undefined) return partner === ours
      if (toTheirs.has(ours)) return false
      toOurs.set(theirs, ours)
      toTheirs.set(ours, theirs)
      if (theirs !== ours && theirs.length >= FOUND_WITHIN_TEXTS_MIN) renamed.push(theirs)
      return true
    },
    ours: (theirs) => toOurs.get(theirs),
    theirs: (ours) => toTheirs.get(ours),
    translated(text) {
      const whole = toOurs.get(text)
      if (whole !== undefined) return whole
      if (text.length < FOUND_WITHIN_TEXTS_MIN) return text
      const within = renamed.filter((theirs) => text.includes(theirs))
      return within.length === 0 ? text : text.replace(anyOf(within), (found) => toOurs.get(found) ?? found)
    }
  }
}

/** The longer first: one may be a part of another. */
function anyOf(ids: readonly string[]): RegExp {
  const long = ids.toSorted((one, other) => other.length - one.length)
  return new RegExp(long.map((id) => id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g')
}

/** What an id looks like: `19 digits`, `asp- and 8 characters`. */
export function formOfId(id: string): string {
  if (/^\d+$/.test(id)) return `${id.length} digits`
  if (UUID.test(id)) return 'a UUID'
  if (/^T/.test(id) && UUID.test(id.slice(1))) return 'T and a UUID'
  const [, prefix, rest] = /^([A-Za-z]+-)([0-9A-Za-z]+)$/.exec(id) ?? []
  if (prefix !== undefined && rest !== undefined) return `${prefix} and ${rest.length} characters`
  return id === '' ? 'empty' : `${id.length} characters`
}
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
