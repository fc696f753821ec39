import type { FastifyReply, FastifyRequest } from 'fastify'
import { TokenMismatch, WorldsFull } from '../core/model/world.ts'
import { faultsOf } from '../documents/wrongs.ts'
import { ApiError, type Protocol, type Reply, type Trouble } from '../providers/provider.ts'
import { refuse } from './calls/conclude.ts'
import type { Exchange } from './calls/exchange.ts'
import type { HttpContext } from './context.ts'
import { Problem, replyOf } from './problem.ts'
import { InvalidInput } from './validate.ts'

/** Writes an answer as it is. */
export function write(reply: FastifyReply, { status, headers, body }: Reply): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .send(body === '' ? undefined : body)
}

/** The root's error handler: in the form of the path's cloud, or as problem details. Never throws. */
export function errorHandler(context: HttpContext) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { exchange } = request
    // Nobody is there any more: a client that hung up in the middle of its body.
    if (request.raw.socket.destroyed) return reply.hijack()
    keepOpen(error, request, reply)
    return write(reply, exchange ? answerOf(context, exchange, error) : replyOf(problemOf(context, error)))
  }
}

/**
 * Fastify asks for the connection to be closed where it stopped reading a body. Node reads on by itself, and a client that
 * is still sending would lose the answer with the connection. Elsewhere the word stays: it is the client's wish, or the
 * server is closing.
 */
function keepOpen(error: unknown, { raw }: FastifyRequest, reply: FastifyReply): void {
  const isUnread = codeOf(error) === 'FST_ERR_CTP_BODY_TOO_LARGE'
  if (isUnread && raw.headers.connection?.toLowerCase() !== 'close') reply.removeHeader('connection')
}

/** The cloud's answer to whatever was thrown. */
export function answerOf(context: HttpContext, exchange: Exchange, error: unknown): Reply {
  try {
    return refuse(context, exchange, refusalFor(context, exchange, error))
  } catch (second) {
    logCrash(context, second)
  }
  const { protocol } = exchange.provider
  try {
    return protocol.failure(protocol.trouble('internal'), protocol.requestId('00000000-0000-4000-8000-000000000000'))
  } catch (third) {
    logCrash(context, third)
    return replyOf(internalProblem())
  }
}

function refusalFor(context: HttpContext, exchange: Exchange, error: unknown): ApiError {
  const { provider, operation, input } = exchange
  const { protocol } = provider
  if (error instanceof ApiError) return error
  if (error instanceof InvalidInput && operation) {
    const { params, query, body } = operation.request
    return protocol.invalid(operation, [
      ...faultsOf('params', params, input.params),
      ...faultsOf('query', query, input.query),
      ...faultsOf('body', body, input.body)
    ])
  }
  if (error instanceof TokenMismatch && protocol.tokenMismatch) return protocol.tokenMismatch()
  if (error instanceof WorldsFull) return troubleWith(protocol, 'unavailable', error.message)
  const trouble = troubleOf(error)
  if (trouble === 'internal') logCrash(context, error)
  return protocol.trouble(trouble)
}

/** A trouble of ours with the reason that its cause names, where the protocol names none. */
function troubleWith(protocol: Protocol, trouble: Trouble, hint: string): ApiError {
  const { code, status, message, why } = protocol.trouble(trouble)
  return new ApiError(code, status, message, { hint, ...why })
}

/** What the errors of Fastify and Node that a request can cause mean. */
function troubleOf(error: unknown): Trouble {
  switch (codeOf(error)) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return 'too-large'
    case 'FST_ERR_BAD_URL':
      return 'bad-path'
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'ECONNRESET':
      return 'not-http'
    default:
      return 'internal'
  }
}

/** Outside the clouds. */
export function problemOf(context: HttpContext, error: unknown): Problem {
  if (error instanceof Problem) return error
  switch (troubleOf(error)) {
    case 'too-large':
      return new Problem(413, 'The body is larger than this call takes.')
    case 'bad-path':
      return new Problem(400, 'The path cannot be decoded.')
    case 'not-http':
      return new Problem(400, 'The body ended before its announced length.')
    default:
      logCrash(context, error)
      return internalProblem()
  }
}

function internalProblem(): Problem {
  return new Problem(500, 'The server failed at this call; its log says more.')
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

export function logCrash({ log }: HttpContext, error: unknown): void {
  log('internal error', { error: error instanceof Error ? error : new Error(String(error)) })
}
