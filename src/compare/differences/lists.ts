import type { Comparison } from './answers.ts'
import { shownValue } from './difference.ts'
import { GONE, isPassing } from './states.ts'
import { compare, idIn, isObject, noteAt, type Spot } from './values.ts'

/** Compares two lists: which elements are the same ones, whether they come in the same order, and each pair of them. */
export function compareLists(
  comparison: Comparison,
  spot: Spot,
  theirs: readonly unknown[],
  ours: readonly unknown[]
): void {
  const at: Spot = { ...spot, where: `${spot.where}[]` }
  const partners = partnersOf(comparison, spot, theirs, ours)
  const found = partners.flatMap((partner) => partner ?? [])
  const paired = new Set(found)
  if (found.some((index, place) => place > 0 && index < (found[place - 1] ?? 0))) {
    noteAt(comparison, at, 'order', shownOrder(comparison, theirs), shownOrder(comparison, ours))
  }
  theirs.forEach((value, index) => {
    const partner = partners[index]
    if (partner === undefined) noteMissing(comparison, at, value)
    else compare(comparison, at, value, ours[partner])
  })
  ours.forEach((value, index) => {
    if (!paired.has(index)) noteMore(comparison, at, value)
  })
}

/** For each element of theirs, the index of the one of ours that is the same. */
function partnersOf(
  { members: { keys, isId }, aliases }: Comparison,
  { member }: Spot,
  theirs: readonly unknown[],
  ours: readonly unknown[]
): readonly (number | undefined)[] {
  const elementOf = (value: unknown, index: number): Element => {
    const id = isId(member) && typeof value === 'string' ? value : idIn(keys, value)
    return { index, value, id, name: nameIn(value), isPlain: typeof value !== 'object' || value === null }
  }
  const partners: (number | undefined)[] = theirs.map(() => undefined)
  let [open, free] = [theirs.map(elementOf), ours.map(elementOf)]
  const pair = (isSame: (their: Element, our: Element) => boolean) => {
    open = open.filter((their) => {
      const place = free.findIndex((our) => isSame(their, our))
      const [partner] = place === -1 ? [] : free.splice(place, 1)
      partners[their.index] = partner?.index
      return partner === undefined
    })
  }
  const isNew = (their: Element, our: Element) => {
    if (their.id === undefined || our.id === undefined) return their.id === our.id && !their.isPlain
    return aliases.ours(their.id) === undefined && aliases.theirs(our.id) === undefined
  }
  pair((their, our) => their.isPlain && their.value === our.value)
  pair(({ id }, our) => id !== undefined && (aliases.ours(id) ?? id) === our.id)
  pair((their, our) => their.name !== undefined && their.name === our.name && isNew(their, our))
  pair(isNew)
  return partners
}

interface Element {
  readonly index: number
  readonly value: unknown
  readonly id: string | undefined
  readonly name: string | undefined
  readonly isPlain: boolean
}

/** The name that somebody gave a thing. */
function nameIn(value: unknown): string | undefined {
  const member = isObject(value) ? Object.entries(value).find(([name]) => /^name$|Name$/.test(name)) : undefined
  return typeof member?.[1] === 'string' ? member[1] : undefined
}

function shownOrder({ members }: Comparison, list: readonly unknown[]): string {
  return shownValue(list.map((value) => nameIn(value) ?? idIn(members.keys, value) ?? value))
}

/** An element that we lack. What passes away there may be gone here already. */
function noteMissing(comparison: Comparison, spot: Spot, value: unknown): void {
  if (!noteGone(comparison, spot, value, true)) noteAt(comparison, spot, 'count', shownValue(value), '(nothing)')
}

function noteMore(comparison: Comparison, spot: Spot, value: unknown): void {
  if (!noteGone(comparison, spot, value, false)) noteAt(comparison, spot, 'count', '(nothing)', shownValue(value))
}

function noteGone({ members, states, aliases }: Comparison, spot: Spot, value: unknown, isTheirs: boolean): boolean {
  const id = idIn(members.keys, value)
  const name = isObject(value) ? members.states.find((each) => typeof value[each] === 'string') : undefined
  if (id === undefined || name === undefined || !isObject(value)) return false
  const state = String(value[name])
  const theirId = isTheirs ? id : aliases.theirs(id)
  if (theirId === undefined || aliases.ours(theirId) === undefined || !isPassing(state)) return false
  const subject = { id: theirId, where: `${spot.where}.${name}`, ...spot.place }
  if (isTheirs) states.saw(subject, state, GONE)
  else states.saw(subject, GONE, state)
  return true
}
