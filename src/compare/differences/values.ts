import { formOfId } from './aliases.ts'
import type { Comparison, Place } from './answers.ts'
import { type Kind, shownValue } from './difference.ts'
import { compareLists } from './lists.ts'
import { isPassing } from './states.ts'

/** Where two values stand, and how closely they are looked at. */
export interface Spot {
  readonly place: Place
  /** `response.dataSet[].diskName` */
  readonly where: string
  /** The name of the member that holds it, or the list that it is in. */
  readonly member: string
  /** The thing is in another state on the other side: its values may differ for that. */
  readonly isLoose: boolean
  /** It is in a state that passes, on either side. */
  readonly isUnderWay: boolean
}

/** Compares two bodies, member by member. */
export function compareValues(comparison: Comparison, place: Place, theirs: unknown, ours: unknown): void {
  compare(comparison, { place, where: '', member: '', isLoose: false, isUnderWay: false }, theirs, ours)
}

export function noteAt({ note }: Comparison, { place, where }: Spot, kind: Kind, theirs: string, ours: string): void {
  note({ kind, ...place, where, theirs, ours })
}

/** Compares what stands in one place. */
export function compare(comparison: Comparison, spot: Spot, theirs: unknown, ours: unknown): void {
  if (theirs === null || ours === null) {
    if (theirs !== ours && !spot.isLoose) noteAt(comparison, spot, 'null', shownValue(theirs), shownValue(ours))
    return
  }
  if (typeOf(theirs) !== typeOf(ours)) {
    noteAt(comparison, spot, 'type', typeOf(theirs), typeOf(ours))
    return
  }
  if (Array.isArray(theirs) && Array.isArray(ours)) compareLists(comparison, spot, theirs, ours)
  else if (isObject(theirs) && isObject(ours)) compareMembers(comparison, spot, theirs, ours)
  else if (typeof theirs === 'string' && typeof ours === 'string') compareTexts(comparison, spot, theirs, ours)
  else if (theirs !== ours && !spot.isLoose) {
    const isRounding =
      typeof theirs === 'number' &&
      typeof ours === 'number' &&
      Math.abs(theirs - ours) < 1 &&
      Number.isInteger(theirs) !== Number.isInteger(ours)
    noteAt(comparison, spot, isRounding ? 'rounding' : 'value', shownValue(theirs), shownValue(ours))
  }
}

export type Members = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value
}

function compareMembers(comparison: Comparison, spot: Spot, theirs: Members, ours: Members): void {
  const state = stateOf(comparison, spot, theirs, ours)
  const inner = {
    ...spot,
    isLoose: spot.isLoose || state === 'another',
    isUnderWay: spot.isUnderWay || state !== 'the same'
  }
  for (const [name, value] of Object.entries(theirs)) {
    const at = below(inner, name)
    // How many more or fewer there are the list itself tells.
    if (comparison.members.isTotal(name) && listIn(theirs)?.length !== listIn(ours)?.length) continue
    if (Object.hasOwn(ours, name)) compareMember(comparison, at, value, ours[name])
    else if (value === null) noteAt(comparison, at, 'null', 'null', '(nothing)')
    else noteAt(comparison, at, 'missing', shownValue(value), '(nothing)')
  }
  for (const [name, value] of Object.entries(ours)) {
    if (Object.hasOwn(theirs, name)) continue
    noteAt(comparison, below(inner, name), value === null ? 'null' : 'more', '(nothing)', shownValue(value))
  }
}

function listIn(members: Members): readonly unknown[] | undefined {
  return Object.values(members).find((value) => Array.isArray(value))
}

function compareMember(comparison: Comparison, spot: Spot, theirs: unknown, ours: unknown): void {
  const { members } = comparison
  // Which states a thing went through is told at the end.
  if (members.states.includes(spot.member) && typeof theirs === 'string' && typeof ours === 'string') return
  const isExcused = spot.isUnderWay && members.isOfState(spot.member)
  if (!isExcused) compare(comparison, spot, theirs, ours)
}

function below(spot: Spot, name: string): Spot {
  return { ...spot, where: spot.where === '' ? name : `${spot.where}.${name}`, member: name }
}

/** Notes the states of a thing on both sides. `another`: there is one on each, of which one will pass. */
function stateOf(
  { members, states }: Comparison,
  { place, where }: Spot,
  theirs: Members,
  ours: Members
): 'the same' | 'passing' | 'another' {
  const id = idIn(members.keys, theirs)
  const name = members.states.find((each) => typeof theirs[each] === 'string' && typeof ours[each] === 'string')
  if (id === undefined || name === undefined) return 'the same'
  const [state, ourState] = [String(theirs[name]), String(ours[name])]
  states.saw({ id, where: where === '' ? name : `${where}.${name}`, ...place }, state, ourState)
  if (!isPassing(state) && !isPassing(ourState)) return 'the same'
  return state === ourState ? 'passing' : 'another'
}

/** What a thing is known by. */
export function idIn(keys: readonly string[], value: unknown): string | undefined {
  if (!isObject(value)) return undefined
  const id = keys.map((key) => value[key]).find((each) => typeof each === 'string')
  return typeof id === 'string' ? id : undefined
}

function compareTexts(comparison: Comparison, spot: Spot, theirs: string, ours: string): void {
  const { members, aliases, times } = comparison
  if (members.isFresh(spot.member)) {
    if (formOfId(theirs) !== formOfId(ours)) noteAt(comparison, spot, 'id', formOfId(theirs), formOfId(ours))
  } else if (members.isId(spot.member)) compareIds(comparison, spot, theirs, ours)
  else if (times.saw({ ...spot.place, where: spot.where }, theirs, ours)) return
  else if (spot.member === 'message') {
    if (withoutInstants(aliases.translated(theirs)) !== withoutInstants(ours))
      noteAt(comparison, spot, 'message', shownValue(theirs), shownValue(ours))
  } else if (aliases.translated(theirs) !== ours && !spot.isLoose) {
    noteAt(comparison, spot, 'value', shownValue(theirs), shownValue(ours))
  }
}

/** A refusal may say when it was. */
function withoutInstants(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<instant>')
}

function compareIds(comparison: Comparison, spot: Spot, theirs: string, ours: string): void {
  const [form, ourForm] = [formOfId(theirs), formOfId(ours)]
  if (form !== ourForm) noteAt(comparison, spot, 'id', form, ourForm)
  if (theirs === '' || ours === '') return
  if (!comparison.aliases.match(theirs, ours) && !spot.isLoose) {
    noteAt(comparison, spot, 'id', shownValue(theirs), `the one of another: ${shownValue(ours)}`)
  }
}
