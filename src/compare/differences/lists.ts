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
  if (found.some((index, place) => place > 0 && index < (found[place - 1] ?? 0))) {
    noteAt(comparison, at, 'order', shownOrder(comparison, theirs), shownOrder(comparison, ours))
  }
  theirs.forEach((value, index) => {
    const partner = partners[index]
    if (partner === undefined) noteMissing(comparison, at, value)
    else compare(comparison, at, value, ours[partner])
  })
  ours.forEach((value, index) => {
    if (!found.includes(index)) noteMore(comparison, at, value)
  })
}

/** For each element of theirs, the index of the one of ours that is the same. */
function partnersOf(
  comparison: Comparison,
  spot: Spot,
  theirs: readonly unknown[],
  ours: readonly unknown[]
): readonly (number | undefined)[] {
  const partners: (number | undefined)[] = theirs.map(() => undefined)
  const isFree = (index: number) => !partners.includes(index)
  const pair = (isSame: (their: unknown, our: unknown) => boolean) => {
    theirs.forEach((their, index) => {
      if (partners[index] !== undefined) return
      const partner = ours.findIndex((our, place) => isFree(place) && isSame(their, our))
      if (partner !== -1) partners[index] = partner
    })
  }
  const { keys, isId } = comparison.members
  const { aliases } = comparison
  const idOf = (value: unknown) => (isId(spot.member) && typeof value === 'string' ? value : idIn(keys, value))
  const isNew = (their: unknown, our: unknown) => {
    const [id, ourId] = [idOf(their), idOf(our)]
    if (id === undefined || ourId === undefined) return id === ourId && !isPlain(their)
    return aliases.ours(id) === undefined && aliases.theirs(ourId) === undefined
  }
  pair((their, our) => isPlain(their) && their === our)
  pair((their, our) => {
    const id = idOf(their)
    return id !== undefined && (aliases.ours(id) ?? id) === idOf(our)
  })
  pair((their, our) => isNew(their, our) && nameIn(their) !== undefined && nameIn(their) === nameIn(our))
  pair(isNew)
  return partners
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null
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
