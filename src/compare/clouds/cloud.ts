import type { Operation, Provider } from '../../providers/provider.ts'
import type { RecordedExchange } from '../../recording/form.ts'
import type { Exchange } from '../exchange.ts'
import type { CloudMembers } from './members.ts'

/** What an operation is called with. */
export interface Input {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
}
export type Composed = RecordedExchange['request']

/** What a comparison knows of a cloud. */
export interface ComparedCloud {
  readonly provider: Provider
  readonly members: CloudMembers
  /** The request that asks for an operation, before it is signed. */
  compose(operation: Operation, input: Input): Composed
  /** Codes of refusals that are about who calls: a call that is signed anew does not meet them. */
  readonly aboutSigning: readonly string[]
  /** The section of a seed in which all is that was there before the first of these calls, as far as they show it. */
  seedFrom(exchanges: readonly Exchange[]): Readonly<Record<string, unknown>>
}
