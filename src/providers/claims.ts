import { KindGuard, type TSchema } from '@sinclair/typebox'
import type { Evidence, EvidenceKind, Statement } from './evidence.ts'
import { type StateRule, TIME_RULES } from './evidenced-rules.ts'
import type { Operation, Provider } from './provider.ts'

// All that a cloud's rows, codes, settings, tables of states and rules of time rest on, read off where it stands.

/** A member of what is sent or answered: `body.diskId`, `answer.dataSet.diskId`. */
export interface Member {
  readonly name: string
  readonly evidence: Evidence
}

/** What one thing of an operation rests on. */
export interface Claim {
  readonly about: 'operation' | 'member' | 'error' | 'state' | 'note'
  /** Of an operation, a member, a code, a kind of thing; '' of a note. */
  readonly name: string
  /** What is said of it; '' of a member. */
  readonly text: string
  readonly evidence: Evidence
}

/** A behaviour that no single operation has: a setting's default, what time does. */
export interface Behaviour extends Statement {
  readonly about: 'setting' | 'time'
  readonly name: string
}

export type EvidenceCounts = Readonly<Record<EvidenceKind, number>>

/** Every member of an operation. One that says nothing rests on what is around it, in the end on its row. */
export function membersOf({ request, response, evidence }: Operation): readonly Member[] {
  return [
    ...membersIn(request.params, 'path', evidence),
    ...membersIn(request.query, 'query', evidence),
    ...membersIn(request.body, 'body', evidence),
    ...membersIn(response, 'answer', evidence)
  ]
}

function membersIn(schema: TSchema, path: string, around: Evidence): readonly Member[] {
  const evidence = schema.evidence ?? around
  const parts: readonly TSchema[] = schema.anyOf ?? schema.allOf ?? []
  const found = [
    ...parts.flatMap((part) => membersIn(part, path, evidence)),
    ...(KindGuard.IsArray(schema) ? membersIn(schema.items, path, evidence) : []),
    ...(KindGuard.IsObject(schema) ? propertiesOf(schema.properties, path, evidence) : [])
  ]
  return [...new Map(found.toReversed().map((member) => [member.name, member])).values()].toReversed()
}

function propertiesOf(properties: Readonly<Record<string, TSchema>>, path: string, around: Evidence): Member[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${path}.${key}`
    return [{ name, evidence: schema.evidence ?? around }, ...membersIn(schema, name, around)]
  })
}

/** What an operation says to the states of things: `disk` and the states that it takes. */
export function statesOf({ states }: Pick<Provider, 'states'>, { name }: Operation): readonly Statement[] {
  return Object.entries(states).flatMap(([thing, table]) => {
    const rule = Object.hasOwn(table, name) ? table[name] : undefined
    return rule ? [{ text: taken(thing, rule), evidence: rule.evidence }] : []
  })
}

/** In as few words as it takes. */
function taken(thing: string, { allowed, refused }: StateRule): string {
  const one = `Takes ${thing === 'instance' ? 'an' : 'a'} ${thing}`
  if (refused?.length === 0) return `${one} in any state.`
  return refused && refused.length < allowed.length
    ? `${one} unless it is ${refused.join(', ')}.`
    : `${one} that is ${allowed.join(', ')}.`
}

/** All claims of an operation, in the order of the row. */
export function claimsOf(provider: Pick<Provider, 'states'>, operation: Operation): readonly Claim[] {
  const { name, summary: text, evidence, errors, reach, reachEvidence, notes } = operation
  return [
    { about: 'operation', name, text, evidence },
    ...membersOf(operation).map((member): Claim => ({ about: 'member', text: '', ...member })),
    ...errors.map((code): Claim => {
      return { about: 'error', name: code, text: reach[code] ?? '', evidence: reachEvidence[code] ?? evidence }
    }),
    ...statesOf(provider, operation).map((state): Claim => ({ about: 'state', name, ...state })),
    ...notes.map((note): Claim => ({ about: 'note', name: '', ...note }))
  ]
}

/** How many of them rest on what. Kinds are never added up: they are not worth the same. */
export function countsOf(claims: readonly { readonly evidence: Evidence }[]): EvidenceCounts {
  const counted = (kind: EvidenceKind) => claims.filter(({ evidence }) => evidence.kind === kind).length
  return {
    documented: counted('documented'),
    client: counted('client'),
    recorded: counted('recorded'),
    inferred: counted('inferred'),
    invented: counted('invented')
  }
}

/** The defaults of a cloud's settings, and what time does there. */
export function behavioursOf({ rules }: Pick<Provider, 'rules'>): readonly Behaviour[] {
  return [
    ...Object.entries(rules.settings).map(([name, { description, default: preset, evidence }]): Behaviour => {
      return { about: 'setting', name, text: `${description} Default: ${JSON.stringify(preset)}.`, evidence }
    }),
    ...TIME_RULES.map((name): Behaviour => ({ about: 'time', name, ...rules[name].statement })),
    { about: 'time', name: 'bin', ...rules.bin }
  ]
}
