import type { JournalEntry, Why } from '../../core/model/journal.ts'
import type { World } from '../../core/model/world.ts'
import type { ApiError, Reply } from '../../providers/provider.ts'
import { type HttpContext, headerText } from '../context.ts'
import { callUuid } from './call-id.ts'
import type { Exchange } from './exchange.ts'
import { entryOf } from './journal-entry.ts'

const HINT_LENGTH_MAX = 1024

/** The answer to a call that was performed; writes it into the journal. */
export function succeed(context: HttpContext, exchange: Exchange, result: unknown): Reply {
  const { protocol } = exchange.provider
  const { world, id } = numbered(context, exchange)
  // A success that asked for a row has one.
  const reply = exchange.operation ? protocol.success(exchange.operation, result, id) : undefined
  if (!reply) throw new Error('a call without an operation cannot succeed')
  record(context, exchange, world, { id, code: null, result, refusal: null, reply })
  return reply
}

/** The answer to a call that was refused; writes it, and why, into the journal and the log. */
export function refuse(context: HttpContext, exchange: Exchange, error: ApiError): Reply {
  const { provider, operation, raw } = exchange
  const { world, id } = numbered(context, exchange)
  const plain = provider.protocol.failure(error, id)
  const source = provider.catalogue[error.code]?.source
  const refusal = { ...(source !== undefined && { rule: source }), ...error.why }
  const entry = record(context, exchange, world, { id, code: error.code, result: undefined, refusal, reply: plain })
  // As the journal has it: without secrets.
  const hint = entry.refusal?.hint?.slice(0, HINT_LENGTH_MAX)
  context.log('refused', {
    provider: provider.name,
    operation: operation?.name ?? null,
    method: raw.method,
    world: world?.id ?? null,
    status: plain.status,
    code: error.code,
    requestId: id,
    ...(hint !== undefined && { hint })
  })
  return hint === undefined ? plain : { ...plain, headers: { ...plain.headers, 'x-snapstand-hint': headerText(hint) } }
}

/** The world whose journal a call belongs to, and the call's request id, of that journal's series. */
function numbered(
  { core }: HttpContext,
  exchange: Exchange
): { readonly world: World | undefined; readonly id: string } {
  const { provider, caller } = exchange
  // Who could not prove to be the key's owner leaves no trace in its world.
  const world = exchange.world ?? (caller?.authentic ? core.peek(caller.world) : undefined)
  const call = world ? world.nextCall() : core.nextCall()
  return { world, id: provider.protocol.requestId(callUuid(world?.id ?? null, call, core.start)) }
}

interface Outcome {
  readonly id: string
  readonly code: string | null
  readonly result: unknown
  readonly refusal: Why | null
  readonly reply: Reply
}

function record(
  { core, keys }: HttpContext,
  exchange: Exchange,
  world: World | undefined,
  outcome: Outcome
): JournalEntry {
  const { id, code, result, refusal, reply } = outcome
  const at = exchange.at ?? world?.now() ?? exchange.wallAt
  const ending = { id, world: world?.id ?? null, at, status: reply.status, code, response: reply.body, result, refusal }
  const entry = entryOf(exchange, ending, keys)
  const journal = world?.journal ?? core.journal
  journal.add(entry)
  return entry
}
