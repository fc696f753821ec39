import type { ResourceKind } from '../model/resources.ts'
import type { Scope } from './scope.ts'

/** Tells of a resource that is there from now on, if anybody wants to know. */
export function tellCreated(
  { store: { outbox }, provider, now }: Scope,
  what: ResourceKind,
  { id, state }: { readonly id: string; readonly state: string },
  of: { readonly volume?: string; readonly policy?: string } = {}
): void {
  if (outbox.wants('created')) outbox.put({ type: 'created', at: now(), provider, what, subject: id, state, ...of })
}
