import type {} from 'fastify'
import type { World } from '../../core/model/world.ts'
import type { Caller, Input, Operation, Provider, RawRequest } from '../../providers/provider.ts'

/** One call of a cloud on its way through: what is known of it so far. */
export interface Exchange {
  readonly provider: Provider
  /** Without, no row was meant. */
  readonly operation: Operation | undefined
  raw: RawRequest
  /** By the wall clock. */
  readonly wallAt: number
  /** By the process's own watch, which never jumps. */
  readonly startedAt: number
  caller: Caller | undefined
  input: Input
  unused: readonly string[]
  /** Set once the call is accepted. */
  world: World | undefined
  /** The instant at which it was performed. */
  at: number | undefined
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on a cloud's internal routes. */
    readonly provider?: Provider
    readonly operation?: Operation
  }
  interface FastifyRequest {
    /** null: no call of a cloud. */
    exchange: Exchange | null
  }
}

export const NO_BODY = Buffer.alloc(0)
export const NO_INPUT: Input = { params: {}, query: {}, body: {} }

/** The start of a call. */
export function exchangeOf(
  provider: Provider,
  operation: Operation | undefined,
  raw: RawRequest,
  wallAt: number
): Exchange {
  return {
    provider,
    operation,
    raw,
    wallAt,
    startedAt: performance.now(),
    caller: undefined,
    input: NO_INPUT,
    unused: [],
    world: undefined,
    at: undefined
  }
}
