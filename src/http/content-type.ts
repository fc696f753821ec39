import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** The header as received, which is hidden while Fastify reads the body. */
    sentContentType: string | undefined
  }
}

/**
 * A body is read whatever its type is called, and Fastify has opinions about missing and odd ones: it is shown another
 * header until the body is there.
 */
export function hideContentType(request: FastifyRequest): void {
  const { headers, method } = request.raw
  const length = headers['content-length']
  const hasBody = headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
  if (hasBody || method === 'QUERY') headers['content-type'] = 'application/json'
  else delete headers['content-type']
}

/** Puts the header back as it was received: signatures are about it. */
export function showContentType(request: FastifyRequest): void {
  const { headers } = request.raw
  if (request.sentContentType === undefined) delete headers['content-type']
  else headers['content-type'] = request.sentContentType
}
