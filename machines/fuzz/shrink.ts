import { NO_BODY, type Request } from '../requests/request.ts'

const MOST_TRIES = 80

/** The smallest request found, step by step, that is still answered wrongly. */
export async function shrunk(
  request: Request,
  isStillWrong: (candidate: Request) => Promise<boolean>
): Promise<Request> {
  let best = request
  let tries = 0
  for (let found = true; found; ) {
    found = false
    for (const candidate of smaller(best)) {
      if (++tries > MOST_TRIES) return best
      if (!(await isStillWrong(candidate))) continue
      best = candidate
      found = true
      break
    }
  }
  return best
}

/** Requests with something less. */
function* smaller(request: Request): Generator<Request> {
  const { query, headers, body } = request
  for (const at of query.keys()) yield { ...request, query: query.toSpliced(at, 1) }
  for (const name of Object.keys(headers)) {
    const { [name]: _left, ...others } = headers
    yield { ...request, headers: others }
  }
  if (body.length === 0) return
  yield { ...request, body: NO_BODY }
  const value = parsed(body)
  if (value === undefined) {
    yield { ...request, body: body.subarray(0, body.length >> 1) }
    yield { ...request, body: body.subarray(body.length >> 1) }
  } else for (const less of smallerValues(value)) yield { ...request, body: Buffer.from(JSON.stringify(less)) }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

function* smallerValues(value: unknown): Generator<unknown> {
  if (typeof value === 'string' && value.length > 1) {
    yield value.slice(0, value.length >> 1)
    yield value.slice(value.length >> 1)
  } else if (Array.isArray(value)) {
    for (const at of value.keys()) yield value.toSpliced(at, 1)
    for (const [at, item] of value.entries()) for (const less of smallerValues(item)) yield value.with(at, less)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      const { [name]: _left, ...others } = { ...value, [name]: inner }
      yield others
      for (const less of smallerValues(inner)) yield { ...value, [name]: less }
    }
  }
}
