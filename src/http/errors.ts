import type { FastifyReply, FastifyRequest } from 'fastify'
import { MoveRefused } from '../core/model/moves.ts'
import { WorldDamaged, WorldFrozen, WorldGone, WorldMoved, WorldsFull } from '../core/model/world.ts'
import type { Reply } from '../providers/provider.ts'
import { BodyUnread, ENCODINGS } from './calls/body.ts'
import type { HttpContext } from './context.ts'
import { busy, Problem, replyOf } from './problem.ts'

/** Writes an answer as it is. */
export function write(reply: FastifyReply, { status, headers, body }: Reply): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .send(body === '' ? undefined : body)
}

/** The root's error handler, outside the clouds: problem details. Never throws. */
export function errorHandler(context: HttpContext) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    // Nobody is there any more: a client that hung up in the middle of its body.
    if (request.raw.socket.destroyed) return reply.hijack()
    keepOpen(error, request, reply)
    return write(reply, replyOf(problemOf(context, error)))
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

/** What the errors of Fastify and Node that a request can cause mean. */
export function problemOf(context: HttpContext, error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof BodyUnread && error.reason === 'encoding') {
    return new Problem(415, error.message, {}, { 'accept-encoding': ENCODINGS })
  }
  if (error instanceof BodyUnread && error.reason === 'too-large') return tooLarge()
  if (error instanceof WorldDamaged) {
    const { file, reason } = error
    return new Problem(503, `This world can’t be served: ${reason}.`, { file, reason })
  }
  if (error instanceof WorldsFull) return new Problem(503, `No new world can be made: ${error.message}`)
  if (error instanceof WorldFrozen) return new Problem(503, `The call can’t be served: ${error.message}.`)
  if (error instanceof WorldMoved) return movedProblem(error)
  if (error instanceof MoveRefused) {
    const { reason, message } = error
    return new Problem(reason === 'unknown' ? 404 : 409, `It can’t be done: ${message}.`, {
      field: reason === 'replaced' ? 'move' : 'id',
      reason
    })
  }
  if (error instanceof WorldGone) return new Problem(409, `It can’t be done: ${error.message}.`)
  switch (codeOf(error)) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge()
    case 'FST_ERR_BAD_URL':
      return new Problem(400, 'The path cannot be decoded.')
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'ECONNRESET':
      return new Problem(400, 'The body ended before its announced length.')
    default:
      logCrash(context, error)
      return internalProblem()
  }
}

const RETRY_AFTER_S = 1

/** Of a world that is moved: where it goes it will be served. */
export function movedProblem({ message }: WorldMoved): Problem {
  return busy(message, RETRY_AFTER_S)
}

function tooLarge(): Problem {
  return new Problem(413, 'The body is larger than this call takes.')
}

export function internalProblem(): Problem {
  return new Problem(500, 'The server failed at this call; its log says more.')
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

export function logCrash({ log }: HttpContext, error: unknown): void {
  log('internal error', { error: error instanceof Error ? error : new Error(String(error)) })
}
