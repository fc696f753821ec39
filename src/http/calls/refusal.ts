import { assert } from '../../core/model/assert.ts'
import type { Why } from '../../core/model/journal.ts'
import { ApiError, type Operation, type Provider } from '../../providers/provider.ts'

/** An operation's refusal: status and text stand in its provider's catalogue, unless the row words it otherwise. */
export function refusalOf(provider: Provider, operation: Operation, code: string, why: Why = {}): ApiError {
  const entry = provider.catalogue[code]
  assert(entry, `${provider.name} has no code ${code}`)
  const { status, message, source } = { ...entry, ...operation.wording[code] }
  return new ApiError(code, status, message, { rule: source, ...why })
}
