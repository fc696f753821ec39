import type { FastifyInstance } from 'fastify'
import { summaryOf } from '../../core/model/journal.ts'
import type { Hide } from '../../documents/hiding.ts'
import { instantAt } from '../../documents/instants.ts'
import {
  EXPECTED_BODY_MAX,
  type Expectation,
  type Expected,
  expectRequests,
  type Miss,
  type Unmet
} from '../../doors/expectations.ts'
import type { Answer } from '../../providers/provider.ts'
import { Problem } from '../problem.ts'
import { type Bound, createAwaiting, type Judgement, type NearMiss } from './awaiting.ts'
import { cloudsMeant } from './clouds.ts'
import { shownSummary } from './found.ts'
import { probeWhenHalfClosed } from './hang-ups.ts'
import type { ControlContext } from './index.ts'
import { unknownValue, worldIdOf } from './input.ts'
import type { Wanted } from './matching.ts'
import { serve } from './serve.ts'

/** Whether the clouds were called as they should be. */
export function expectations(app: FastifyInstance, context: ControlContext): void {
  const awaiting = createAwaiting(context.core.journals)
  serve(app, expectRequests, async (request, reply) => {
    const world = worldIdOf(request)
    const wanted = wantedOf(context, request.body)
    const bound = boundOf(request.body)
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    probeWhenHalfClosed(reply, () => {
      // Every client of HTTP/1.1 passes over it.
      if (request.raw.httpVersion === '1.1' && !reply.raw.headersSent) reply.raw.writeContinue()
    })
    const left = new AbortController()
    const unwatch = context.core.moves.watch((moved) => {
      if (moved === world) left.abort()
    })
    const signal = AbortSignal.any([gone.signal, context.ending, left.signal])
    const asked = { world, wanted, bound, withinMs: request.body.withinMs ?? 0, signal }
    const judgement = await awaiting.judge(asked).finally(unwatch)
    const found = foundOf(world, judgement)
    if (judgement.isMet === true) return found
    // What is waited for happens elsewhere, if it does.
    if (left.signal.aborted) context.core.moves.checkServed(world)
    throw unmet(found, wordsOf(request.body, bound), judgement, await awaiting.misses(world, wanted))
  })
}

function wantedOf(context: ControlContext, expectation: Expectation): Wanted {
  const { hide } = context
  const { operation, provider, resource, status, code, body, after } = expectation
  const known = cloudsMeant(context, provider).flatMap(({ operations }) => operations.map(({ name }) => name))
  if (operation !== '*' && !known.includes(operation)) throw unknownValue('operation', operation, known)
  if (body !== undefined && JSON.stringify(body).length > EXPECTED_BODY_MAX) {
    throw new Problem(400, `body is longer than the journal keeps of any body, ${EXPECTED_BODY_MAX} bytes.`, {
      field: 'body',
      example: { snapshotName: 'nightly' }
    })
  }
  return {
    operation: operation === '*' ? undefined : operation,
    provider,
    status,
    // As the journal has them: without secrets.
    resource: resource && hide(resource),
    code: code && hide(code),
    body: body && hiddenIn(body, hide),
    after: after === undefined ? undefined : instantAt(after)
  }
}

function hiddenIn(members: object, hide: Hide): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [hide(name), hidden(value, hide)]))
}

function hidden(value: unknown, hide: Hide): unknown {
  if (typeof value === 'string') return hide(value)
  if (Array.isArray(value)) return value.map((item) => hidden(item, hide))
  return typeof value === 'object' && value !== null ? hiddenIn(value, hide) : value
}

function boundOf({ times, atLeast, atMost }: Expectation): Bound {
  const bounds: Bound[] = []
  if (times !== undefined) bounds.push({ times })
  if (atLeast !== undefined) bounds.push({ atLeast })
  if (atMost !== undefined) bounds.push({ atMost })
  const [bound = { atLeast: 1 }, another] = bounds
  if (!another) return bound
  throw new Problem(400, 'The body names more than one of times, atLeast and atMost.', {
    field: 'body',
    example: { operation: 'CreateSnapshot', atLeast: 1 }
  })
}

function foundOf(world: string, { count, found }: Judgement): Answer<Expected> {
  return { world, count, requests: found.map((entry) => shownSummary(summaryOf(entry))) }
}

function wordsOf({ operation }: Expectation, bound: Bound): string {
  const [count, words] =
    'times' in bound
      ? [bound.times, `${bound.times}`]
      : 'atLeast' in bound
        ? [bound.atLeast, `at least ${bound.atLeast}`]
        : [bound.atMost, `at most ${bound.atMost}`]
  const what = operation === '*' ? 'such' : `such ${operation}`
  return `${words} ${what} call${count === 1 ? '' : 's'}`
}

function unmet(
  found: Answer<Expected>,
  expected: string,
  { isMet, count }: Judgement,
  misses: readonly NearMiss[]
): Problem {
  const holds = `the journal holds ${count}`
  const members: Answer<Unmet> = {
    ...found,
    misses: misses.map(shownMiss),
    ...(isMet === undefined && { reason: 'stopped' as const })
  }
  const detail =
    isMet === undefined
      ? `The server is ending, and until now ${holds}; expected were ${expected}.`
      : `Expected were ${expected}, and ${holds}.`
  return new Problem(409, detail, members)
}

function shownMiss({ entry, differences }: NearMiss): Answer<Miss> {
  return { request: shownSummary(summaryOf(entry)), differences }
}
