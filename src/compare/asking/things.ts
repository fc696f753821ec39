import type { Input } from '../clouds/cloud.ts'
import { isObject } from '../differences/values.ts'

export type ThingKind = 'snapshot' | 'policy' | 'disk'

/** Something that was made on the other side, as its list shows it. */
export interface Thing {
  readonly kind: ThingKind
  readonly id: string
  readonly name: string
  readonly state: string
  /** The instance that it is attached to. */
  readonly on?: string | undefined
  /** The disk that a snapshot is of. */
  readonly of?: string | undefined
}

export interface Asked {
  readonly operation: string
  readonly input: Input
}

/** The rows of a list, of which one that is empty may be null or missing; undefined: what is to hold them is not there. */
export function rowsIn(holder: unknown, name: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  if (!isObject(holder)) return undefined
  const rows = holder[name] ?? []
  return Array.isArray(rows) ? rows.filter(isObject) : undefined
}

/** How a cloud's things are found, counted and removed. */
export interface Things {
  /** The pages of its lists; `marker` is where the next one begins. */
  readonly lists: readonly {
    readonly kind: ThingKind
    ask(tag: string, marker: string | undefined): Asked
    /** undefined: it is no such list. */
    read(body: unknown): { readonly things: readonly Thing[]; readonly marker: string | undefined } | undefined
  }[]
  /** The ids of what an answer says was made. */
  madeBy(operation: string, body: unknown): readonly { readonly kind: ThingKind; readonly id: string }[]
  /** What a call asks for, by its body. */
  asksFor(operation: string, body: unknown): { readonly disks: number; readonly gib: number }
  /** The call that brings it nearer to being gone; undefined: it has to be waited for. */
  removal(thing: Thing): Asked | undefined
  /** Removes what no list shows any more, and is there yet. */
  lastRemoval?(id: string): Asked
}

/** A member that is a text, or an empty one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The ids that a member holds, one or a list. An empty one would be that of all that has none. */
export function idsIn(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.filter((id) => typeof id === 'string').filter((id) => id !== '')
}
