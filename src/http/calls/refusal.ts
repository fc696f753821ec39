import { assert } from '../../core/model/assert.ts'
import type { Why } from '../../core/model/journal.ts'
import { PatternRefused } from '../../core/model/patterns.ts'
import {
  ClockRefused,
  TokenMismatch,
  WorldDamaged,
  WorldFrozen,
  WorldGone,
  WorldMoved,
  WorldsFull
} from '../../core/model/world.ts'
import { sourceOf } from '../../providers/evidence.ts'
import { ApiError, type Operation, type Provider, type Trouble } from '../../providers/provider.ts'
import type { ServedCloud } from '../context.ts'
import { Misplaced } from '../shard.ts'
import { NotAdmitted } from './admit.ts'
import { BodyUnread } from './body.ts'

/** An operation's refusal: status and text stand in its provider's catalogue, unless the row words it otherwise. */
export function refusalOf(provider: Provider, operation: Operation, code: string, why: Why = {}): ApiError {
  const entry = provider.catalogue[code]
  assert(entry, `${provider.name} has no code ${code}`)
  const { status, message, evidence } = { ...entry, ...operation.wording[code] }
  return new ApiError(code, status, message, { rule: sourceOf(operation.reachEvidence[code] ?? evidence), ...why })
}

/** The cloud's refusal for whatever was thrown; a crash of ours is told to `logCrash`. */
export function refusalFor({ protocol }: ServedCloud, error: unknown, logCrash: (error: unknown) => void): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof TokenMismatch) return protocol.refusal({ kind: 'token-mismatch' })
  /** The same refusal, with more to tell than its words. */
  const told = (kind: Trouble, hint: string, field?: string) => {
    const { code, status, message, why } = protocol.refusal({ kind })
    return new ApiError(code, status, message, { ...why, hint, ...(field !== undefined && { field }) })
  }
  if (error instanceof PatternRefused) return told('costly-pattern', `The pattern is too costly: ${error.message}.`)
  if (error instanceof BodyUnread) {
    if (error.reason === 'encoding') return told('encoding', error.message)
    return protocol.refusal({ kind: error.reason === 'too-large' ? 'too-large' : 'not-http' })
  }
  if (error instanceof WorldsFull || error instanceof WorldGone || error instanceof WorldMoved) {
    return told('unavailable', error.message)
  }
  if (error instanceof WorldFrozen) return told('internal', `${error.message}.`)
  if (error instanceof WorldDamaged) return told('internal', `This world can't be served: ${error.reason}.`)
  if (error instanceof NotAdmitted) return told('not-admitted', error.message, error.field)
  if (error instanceof Misplaced) return told('internal', error.message, `header.${error.header.toLowerCase()}`)
  // A server that ends has no time left for what fell due while a world slept.
  if (error instanceof ClockRefused) return told('unavailable', error.message)
  logCrash(error)
  return protocol.refusal({ kind: 'internal' })
}
