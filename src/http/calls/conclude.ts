import type { JournalEntry, Why } from '../../core/model/journal.ts'
import type { World } from '../../core/model/world.ts'
import type { ApiError, Reply } from '../../providers/provider.ts'
import { type HttpContext, headerText } from '../context.ts'
import { internalProblem, logCrash } from '../errors.ts'
import { replyOf } from '../problem.ts'
import type { Call } from './call.ts'
import { callUuid } from './call-id.ts'
import { entryOf } from './journal-entry.ts'
import { refusalFor } from './refusal.ts'

const HINT_LENGTH_MAX = 1024

/** The answer to a call that was performed; writes it into the journal. */
export function succeed(context: HttpContext, call: Call, result: unknown): Reply {
  const { world, id } = numbered(context, call)
  const reply = call.cloud.protocol.success(result, id)
  record(context, call, world, { id, code: null, result, refusal: null, reply })
  return reply
}

/** The cloud's answer to whatever was thrown; writes it, and why, into the journal and the log. Never throws. */
export function refuse(context: HttpContext, call: Call, error: unknown): Reply {
  const { protocol } = call.cloud
  try {
    return refusedWith(
      context,
      call,
      refusalFor(call.cloud, error, (crash) => logCrash(context, crash))
    )
  } catch (second) {
    logCrash(context, second)
  }
  try {
    return protocol.failure(
      protocol.refusal({ kind: 'internal' }),
      protocol.requestId('00000000-0000-4000-8000-000000000000')
    )
  } catch (third) {
    logCrash(context, third)
    return replyOf(internalProblem())
  }
}

function refusedWith(context: HttpContext, call: Call, error: ApiError): Reply {
  const { cloud, line, reading } = call
  const { world, id } = numbered(context, call)
  const plain = cloud.protocol.failure(error, id)
  const source = cloud.catalogue[error.code]?.source
  const refusal = { ...(source !== undefined && { rule: source }), ...error.why }
  const entry = record(context, call, world, { id, code: error.code, result: undefined, refusal, reply: plain })
  // As the journal has it: without secrets.
  const hint = entry.refusal?.hint?.slice(0, HINT_LENGTH_MAX)
  context.log('refused', {
    provider: cloud.name,
    operation: reading.operation?.name ?? null,
    method: line.method,
    world: world?.id ?? null,
    status: plain.status,
    code: error.code,
    requestId: id,
    hint
  })
  return hint === undefined ? plain : { ...plain, headers: { ...plain.headers, 'x-snapstand-hint': headerText(hint) } }
}

/** The world whose journal a call belongs to, and the call's request id, of that journal's series. */
function numbered(
  { core }: HttpContext,
  { cloud, caller, world: accepted }: Call
): { readonly world: World | undefined; readonly id: string } {
  // Who could not prove to be the key's owner leaves no trace in its world.
  const world = accepted ?? (caller?.authentic ? core.peek(caller.world) : undefined)
  const number = world ? world.nextCall() : core.nextCall()
  return { world, id: cloud.protocol.requestId(callUuid(world?.id ?? null, number, core.start)) }
}

interface Outcome {
  readonly id: string
  readonly code: string | null
  readonly result: unknown
  readonly refusal: Why | null
  readonly reply: Reply
}

function record(context: HttpContext, call: Call, world: World | undefined, outcome: Outcome): JournalEntry {
  const { id, code, result, refusal, reply } = outcome
  const at = call.at ?? world?.now() ?? call.wallAt
  const ending = { id, world: world?.id ?? null, at, status: reply.status, code, response: reply.body, result, refusal }
  const entry = entryOf(call, ending, context)
  const journal = world?.journal ?? context.core.journal
  journal.add(entry)
  return entry
}
