import type { FaultConnection } from '../../core/model/fault-form.ts'
import type { Fault } from '../../core/model/faults.ts'
import type { Journal, JournalEntry } from '../../core/model/journal.ts'
import type { World } from '../../core/model/world.ts'
import { sourceOf } from '../../providers/evidence.ts'
import { deedOf } from '../../providers/faults.ts'
import type { ApiError, Keyring, Reply } from '../../providers/provider.ts'
import { type HttpContext, headerText } from '../context.ts'
import { internalProblem, logCrash } from '../errors.ts'
import { replyOf } from '../problem.ts'
import type { Call } from './call.ts'
import { callUuid } from './call-id.ts'
import { type Ending, entryOf } from './journal-entry.ts'
import { lateEntryOf } from './late-entry.ts'
import { refusalFor } from './refusal.ts'

const HINT_LENGTH_MAX = 1024

/** What a client gets: an answer, or what becomes of it on its way. */
export interface Answered extends Reply {
  readonly connection?: FaultConnection | undefined
}

/** The answer to a call that was performed; writes it into the journal. */
export function succeed(context: HttpContext, call: Call, result: unknown): Reply {
  const told = placeOf(context, call)
  const reply = call.cloud.protocol.success(result, told.requestId)
  const ending = endingOf(context, call, told, { code: null, result, refusal: null, reply })
  const late = lateEntryOf(call, ending, context)
  if (late) told.journal.addLate(late)
  else told.journal.add(entryOf(call, ending, context))
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

/**
 * The cloud's answer to a fault's error: it bears a hint, as any other refusal does, but only the journal is told that no
 * state of the world is behind it, and what the work came to that was done all the same.
 */
export function refuseFalsely(context: HttpContext, call: Call, error: ApiError, result: unknown): Reply {
  return refusedWith(context, call, error, { shownHint: error.message, result })
}

interface Behind {
  readonly shownHint?: string
  readonly result?: unknown
}

function refusedWith(context: HttpContext, call: Call, error: ApiError, { shownHint, result }: Behind = {}): Reply {
  const { cloud, line, reading } = call
  const told = placeOf(context, call)
  const plain = cloud.protocol.failure(error, told.requestId)
  const evidence = cloud.catalogue[error.code]?.evidence
  const refusal = { ...(evidence && { rule: sourceOf(evidence) }), ...error.why }
  const entry = record(context, call, told, { code: error.code, result, refusal, reply: plain })
  // As the journal has it: without secrets.
  const hint = entry.refusal?.hint?.slice(0, HINT_LENGTH_MAX)
  context.log('refused', {
    provider: cloud.name,
    operation: reading.operation?.name ?? null,
    method: line.method,
    world: told.name,
    status: plain.status,
    code: error.code,
    requestId: told.requestId,
    hint
  })
  const shown = shownHint ?? hint
  return shown === undefined
    ? plain
    : { ...plain, headers: { ...plain.headers, 'x-snapstand-hint': headerText(shown) } }
}

/** Where a call is told of. */
export interface Place {
  /** Its world's name, which need not be there; null: nobody knows who called. */
  readonly name: string | null
  readonly world: World | undefined
  /** The world's, or the server's own. */
  readonly journal: Journal
  /** Of the journal's series. */
  readonly requestId: string
}

export function placeOf(context: HttpContext, call: Call): Place {
  const { core, keys } = context
  const name = call.world?.id ?? ownedWorld(call, keys)
  const world = call.world ?? (name === null ? undefined : core.peek(name))
  const journal = world?.journal ?? (name === null ? core.journals.own : core.journals.of(name))
  const series = name === null ? 0 : core.moves.series(name)
  const uuid = callUuid(name, journal.nextCall(), core.start, series)
  const requestId = call.cloud.protocol.requestId(uuid)
  if (call.fault && world) tellFault(context, call, call.fault, world, requestId)
  return { name, world, journal, requestId }
}

/** To who listens, before the call itself is told of. */
function tellFault({ core, hide }: HttpContext, call: Call, { rule }: Fault, world: World, request: string): void {
  const teller = core.events.teller(world.id)
  if (!teller.wants('fault')) return
  const { cloud, reading } = call
  const about = { at: world.now(), provider: cloud.name, operation: reading.operation?.name ?? '', request }
  teller.tell([{ type: 'fault', ...about, fault: hide(rule.id), outcome: deedOf(rule.then, cloud) }])
}

/** The world of who is calling. Who could not prove to be the key's owner leaves no trace in its world. */
function ownedWorld({ cloud, line, caller }: Call, { mode }: Keyring): string | null {
  // Without a key there is nothing to prove: that world is everybody's, also before anyone has asked who is calling.
  if (!caller) return cloud.protocol.claim(line) === null ? 'default' : null
  return caller.authentic || caller.keyId === null || mode === 'off' ? caller.world : null
}

export type Outcome = Pick<Ending, 'code' | 'result' | 'refusal'> & { readonly reply: Answered }

/** Writes down at once how a call ended. */
export function record(context: HttpContext, call: Call, place: Place, outcome: Outcome): JournalEntry {
  const entry = entryOf(call, endingOf(context, call, place, outcome), context)
  place.journal.add(entry)
  return entry
}

function endingOf(
  { metrics }: HttpContext,
  call: Call,
  { name, world, requestId }: Place,
  { code, result, refusal, reply }: Outcome
): Ending {
  const ending = {
    id: requestId,
    world: name,
    at: call.at ?? world?.now() ?? call.wallAt,
    durationMs: performance.now() - call.startedAt,
    status: reply.status,
    code,
    response: reply.body,
    result,
    refusal,
    fault: call.fault?.rule.id,
    connection: reply.connection
  }
  metrics?.called(call.cloud.name, call.reading.operation?.name ?? null, ending)
  return ending
}
