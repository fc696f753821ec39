/**
 * What a statement about a cloud rests on. It stands beside the rule that it speaks of: at a row, a member's schema, a
 * code, a setting, a line of a state table, a rule of time.
 */
export type Evidence =
  /** A page of the cloud says so; it had been read by that day. */
  | { readonly kind: 'documented'; readonly page: string; readonly readBy: string; readonly section: string }
  /** These clients declare it, send it or cannot do without it. */
  | { readonly kind: 'client'; readonly clients: readonly string[]; readonly section: string }
  /** The cloud itself answered so, on that day, to that tool. */
  | { readonly kind: 'recorded'; readonly on: string; readonly tool: string; readonly section: string }
  /** Concluded from something that is known; nobody says it outright. */
  | { readonly kind: 'inferred'; readonly basis: string; readonly section: string }
  /** Chosen here, because nothing is known. */
  | { readonly kind: 'invented'; readonly why: string; readonly section: string }

export type EvidenceKind = Evidence['kind']
/** From what can be relied on to what cannot. */
export const EVIDENCE_KINDS = [
  'documented',
  'client',
  'recorded',
  'inferred',
  'invented'
] as const satisfies readonly EvidenceKind[]

/** A sentence about a cloud, and what it rests on. */
export interface Statement {
  readonly text: string
  readonly evidence: Evidence
}

declare module '@sinclair/typebox' {
  interface SchemaOptions {
    /** What this member rests on, and those inside it; without, what is around it does. */
    evidence?: Evidence
  }
}

/** `section` is where docs/clouds/ has it: `zenlayer.md 5.1`. */
export function documented(page: string, readBy: string, section: string): Evidence {
  return { kind: 'documented', page, readBy, section }
}
export function client(clients: readonly string[], section: string): Evidence {
  return { kind: 'client', clients, section }
}
export function recorded(on: string, tool: string, section: string): Evidence {
  return { kind: 'recorded', on, tool, section }
}
export function inferred(basis: string, section: string): Evidence {
  return { kind: 'inferred', basis, section }
}
export function invented(why: string, section: string): Evidence {
  return { kind: 'invented', why, section }
}

export function statement(text: string, evidence: Evidence): Statement {
  return { text, evidence }
}

/** The same schema, which rests on something of its own. */
export function resting<T extends object>(schema: T, evidence: Evidence): T & { readonly evidence: Evidence } {
  return { ...schema, evidence }
}

/** In a few words: who says it, or why it is so, and where docs/clouds/ has it. */
export function sourceOf(evidence: Evidence): string {
  return `${authorityOf(evidence)} (${evidence.section})`
}

/** The same without the section. */
function authorityOf(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'documented':
      return evidence.page
    case 'client':
      return evidence.clients.join(', ')
    case 'recorded':
      return `recorded with ${evidence.tool} on ${evidence.on}`
    case 'inferred':
      return `inferred: ${evidence.basis}`
    case 'invented':
      return `invented: ${evidence.why}`
    default:
      return evidence satisfies never
  }
}
