import { assert } from '../../core/model/assert.ts'
import type { FaultOutcome } from '../../core/model/fault-form.ts'
import type { CallToMeet, Fault } from '../../core/model/faults.ts'
import { codeOf } from '../../providers/faults.ts'
import type { ApiError, Operation, Reply, Sent } from '../../providers/provider.ts'
import type { HttpContext, ServedCloud } from '../context.ts'
import { logCrash } from '../errors.ts'
import type { Call } from './call.ts'
import { type Answered, placeOf, record, refuse, refuseFalsely, succeed } from './conclude.ts'
import { resourcesOf } from './journal-entry.ts'
import { refusalFor, refusalOf } from './refusal.ts'

/** A call whose input is right, as rules see it. */
export function callToMeet(
  { name: provider }: ServedCloud,
  { name: operation }: Operation,
  { input }: Sent
): CallToMeet {
  const { params, query, body } = input
  return { provider, operation, params, query, body, resources: () => resourcesOf(params, query, body) }
}

/** How the work of a call ended that is not answered yet. */
type Ended = { readonly result: unknown } | { readonly refusal: ApiError }

/**
 * What becomes of a call that a rule does something to. `work` does what was asked for; before it time may pass, or
 * between it and the answer. Throws what `work` throws, where that is the answer.
 */
export async function answerFaulted(
  context: HttpContext,
  call: Call,
  { rule: { then } }: Fault,
  work: (fails: boolean) => unknown
): Promise<Answered> {
  const { delayMs = 0, after = false, outcome } = then
  if (after) {
    const ended = attempt(context, call, work)
    await context.delays.wait(delayMs)
    return replaced(context, call, then, ended) ?? concluded(context, call, ended)
  }
  await context.delays.wait(delayMs)
  const instead = replaced(context, call, then, undefined)
  if (instead) return instead
  if (delayMs > 0) await call.world?.ready()
  return succeed(context, call, work(outcome === 'fails'))
}

function attempt(context: HttpContext, { cloud }: Call, work: (fails: boolean) => unknown): Ended {
  try {
    return { result: work(false) }
  } catch (error) {
    // A crash of ours is told, whatever is answered.
    return { refusal: refusalFor(cloud, error, (crash) => logCrash(context, crash)) }
  }
}

function concluded(context: HttpContext, call: Call, ended: Ended): Reply {
  return 'refusal' in ended ? refuse(context, call, ended.refusal) : succeed(context, call, ended.result)
}

/** What stands in the place of the real answer; undefined: nothing does. */
function replaced(
  context: HttpContext,
  call: Call,
  then: FaultOutcome,
  ended: Ended | undefined
): Answered | undefined {
  const code = codeOf(then, call.cloud)
  if (code !== undefined) return refuseFalsely(context, call, errorOf(context, call, code), resultOf(ended))
  if (then.status !== undefined) return ownAnswer(context, call, then.status, then.body, ended)
  if (then.connection !== undefined) return lost(context, call, then.connection, ended)
  return undefined
}

function errorOf({ core }: HttpContext, { cloud, line, reading, fault }: Call, code: string): ApiError {
  const { operation } = reading
  assert(operation && fault, 'a fault acts on a call of an operation')
  const { id, then } = fault.rule
  const hint = `The fault ${JSON.stringify(id)} answered this${then.after ? ', after the work was done' : ''}.`
  const error = refusalOf(cloud, operation, code, { hint })
  return cloud.protocol.refusal({ kind: 'injected', error, request: line, wallNow: core.wallNow() })
}

/** An answer that no cloud documents, on the headers that all of this cloud's have. */
function ownAnswer(context: HttpContext, call: Call, status: number, body: unknown, ended: Ended | undefined): Reply {
  const told = placeOf(context, call)
  const { headers } = call.cloud.protocol.success({}, told.requestId)
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const reply = { status, headers, body: text }
  record(context, call, told, { code: null, result: resultOf(ended), refusal: null, reply })
  return reply
}

/** The answer that nobody gets, or its beginning only: the real one, or, where no work was done, a bare success. */
function lost(
  context: HttpContext,
  call: Call,
  connection: NonNullable<FaultOutcome['connection']>,
  ended: Ended | undefined
): Answered {
  const told = placeOf(context, call)
  const { protocol } = call.cloud
  const refusal = ended && 'refusal' in ended ? ended.refusal : undefined
  const reply = refusal
    ? protocol.failure(refusal, told.requestId)
    : protocol.success(ended ? resultOf(ended) : {}, told.requestId)
  const isBegun = connection === 'close-early'
  const kept = { ...reply, status: isBegun ? reply.status : 0, body: ended || isBegun ? reply.body : '', connection }
  record(context, call, told, {
    code: refusal?.code ?? null,
    result: resultOf(ended),
    refusal: refusal?.why ?? null,
    reply: kept
  })
  return { ...reply, connection }
}

function resultOf(ended: Ended | undefined): unknown {
  return ended && 'result' in ended ? ended.result : undefined
}
