import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { isPassing } from '../differences/states.ts'
import { isObject, type Members } from '../differences/values.ts'
import { answerOf, type Exchange, isReading, isSuccess, valueIn } from '../exchange.ts'

/** A thing as an answer shows it for the first time. */
export interface Sighting<Kind extends string> {
  readonly kind: Kind
  readonly id: string
  readonly shown: Members
  /** The operations that were called with it before, and went through. */
  readonly before: readonly string[]
  /** The states it was in, from the first answer to the last. */
  readonly states: readonly string[]
}

/** How a cloud's answers are read for things. */
export interface Looks<Kind extends string> {
  /** What an object of an answer is, and its id. */
  lookAt(shown: Members): { readonly kind: Kind; readonly id: string; readonly state?: unknown } | undefined
  /** Whether it was made while the calls were made, though no call made it. */
  isMadeMeanwhile(kind: Kind, shown: Members, made: ReadonlySet<string>): boolean
}

/** All things that the answers show and the calls did not make. */
export function sightingsIn<Kind extends string>(
  exchanges: readonly Exchange[],
  { lookAt, isMadeMeanwhile }: Looks<Kind>
): readonly Sighting<Kind>[] {
  const made = new Set<string>()
  const known = new Map<string, { first: Omit<Sighting<Kind>, 'states'>; states: string[] }>()
  const mentioned = new Map<string, string[]>()
  for (const exchange of exchanges) {
    if (!isSuccess(exchange)) continue
    const { operation = '' } = exchange
    const answer = answerOf(exchange).body
    for (const shown of objectsIn(answer)) {
      const seen = lookAt(shown)
      if (!seen) continue
      const identity = `${seen.kind} ${seen.id}`
      const entry = known.get(identity)
      const state = typeof seen.state === 'string' ? [seen.state] : []
      if (entry) entry.states.push(...state)
      else if (!made.has(seen.id)) {
        if (isMadeMeanwhile(seen.kind, shown, made)) made.add(seen.id)
        else known.set(identity, { first: { ...seen, shown, before: mentioned.get(seen.id) ?? [] }, states: state })
      }
    }
    if (isReading(operation)) continue
    const named = new Set([...textsIn(valueIn(exchange.request.body)), ...exchange.request.url.split(/[/?&=]/)])
    for (const text of named) mentioned.set(text, [...(mentioned.get(text) ?? []), operation])
    for (const text of textsIn(answer)) if (!named.has(text)) made.add(text)
  }
  return [...known.values()].map(({ first, states }) => ({ ...first, states }))
}

/** The objects of a value, the outer ones first. */
export function* objectsIn(value: unknown): Generator<Members> {
  if (isObject(value)) yield value
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) yield* objectsIn(inner)
}

/** The texts of a value. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner)
}

/** Whether a member says something. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** The first state that lasts, for what is under way would stand still in a seed. */
export function lasting(states: readonly string[], otherwise: string): string {
  return states.find((state) => !isPassing(state)) ?? otherwise
}

/** The members of a thing that a list of a seed takes as they are, of those that a schema has. */
export function rowOf(section: TSchema, list: string, shown: Members): Record<string, unknown> {
  const forms: Readonly<Record<string, TSchema>> = section.properties?.[list]?.items?.properties ?? {}
  return Object.fromEntries(
    Object.entries(shown).filter(([name, value]) => {
      const form = forms[name]
      return form !== undefined && value !== null && value !== undefined && Value.Check(form, value)
    })
  )
}
