import type { IncomingMessage } from 'node:http'
import type { Fault } from '../../core/model/faults.ts'
import type { World } from '../../core/model/world.ts'
import type { Caller, RawRequest, Reading, RequestLine, Sent } from '../../providers/provider.ts'
import type { HttpContext, ServedCloud } from '../context.ts'

import { misplaced } from '../shard.ts'
import { admit } from './admit.ts'
import { BodyUnread, bodyOf, decodedBody, NO_BODY } from './body.ts'

import { type Answered, refuse, succeed } from './conclude.ts'
import { answerFaulted, callToMeet } from './fault-outcome.ts'
import { refusalOf } from './refusal.ts'

const BODY_BYTES_MAX = 1024 ** 2

/** What a call of a cloud has come to: its journal entry is made of it, however it ends. */
export interface Call {
  readonly cloud: ServedCloud
  readonly line: RequestLine
  readonly reading: Reading
  /** By the wall clock. */
  readonly wallAt: number
  /** By the process's own watch, which never jumps. */
  readonly startedAt: number
  /** As it came; once it is known who is calling, what it stands for. */
  readonly body: Buffer
  readonly caller: Caller | undefined
  readonly sent: Sent | undefined
  /** Set once the call is accepted. */
  readonly world: World | undefined
  /** The rule that does something to it. */
  readonly fault: Fault | undefined
  /** The instant at which it was performed. */
  readonly at: number | undefined
}

/** A call's beginning: its line is read, once. */
export function begin({ core }: HttpContext, cloud: ServedCloud, line: RequestLine): Call {
  return {
    cloud,
    line,
    startedAt: performance.now(),
    wallAt: core.wallNow(),
    reading: cloud.protocol.read(line),
    body: NO_BODY,
    caller: undefined,
    sent: undefined,
    world: undefined,
    fault: undefined,
    at: undefined
  }
}

/**
 * The story of a call, from its line to its answer: each step makes one value and hands it on. undefined: the client has
 * hung up in the middle of its body. Never throws.
 */
export async function answer(
  context: HttpContext,
  cloud: ServedCloud,
  request: IncomingMessage
): Promise<Answered | undefined> {
  const { core, keys } = context
  const { protocol, checks } = cloud
  const { method = '', url = '', headers } = request
  const call: { -readonly [K in keyof Call]: Call[K] } = begin(context, cloud, { method, url, headers })
  try {
    admit(context, call)

    const { operation, refused } = call.reading
    if (refused?.early) throw refused.error()

    call.body = await bodyOf(request, BODY_BYTES_MAX)
    const raw: RawRequest = { method, url, headers, body: call.body }

    const caller = protocol.identify(raw, keys, core.wallNow())
    call.caller = caller
    if (!operation) throw refused.error()
    const elsewhere = misplaced(context.shard, headers, caller.world)
    if (elsewhere) throw elsewhere

    const encoding = headers['content-encoding']
    if (encoding !== undefined) call.body = await decodedBody(raw.body, encoding, BODY_BYTES_MAX)
    const sent = protocol.input(operation, call.reading, { method, url, headers, body: call.body })
    call.sent = sent
    const wrongs = checks.wrongsOf(operation, sent.input)
    if (wrongs.length > 0) {
      const settings = () => core.peek(caller.world)?.settings()
      throw protocol.refusal({ kind: 'invalid', operation, wrongs, settings })
    }
    const token = sent.token?.()

    const world = core.world(caller.world)
    call.world = world
    const perform = (fails = false) =>
      world.perform(
        cloud.name,
        (resources) => {
          call.at = resources.now
          return operation.run({
            ...sent.input,
            cloud: resources,
            now: resources.now,
            version: call.reading.version,
            method,
            fail: (code, why) => refusalOf(cloud, operation, code, why)
          })
        },
        { token, fails }
      )
    await world.ready()
    call.fault = world.meet(callToMeet(cloud, operation, sent))
    if (call.fault) return await answerFaulted(context, call, call.fault, perform)
    return succeed(context, call, perform())
  } catch (error) {
    if (error instanceof BodyUnread && error.reason === 'gone') return undefined
    return refuse(context, call, error)
  }
}
