import type { Operation, Protocol, Provider } from '../../src/providers/provider.ts'
import { inexact } from '../../test/exact.ts'
import { type Request, targetOf } from '../requests/request.ts'
import type { Answer } from '../server/connection.ts'
import { tellsOfMove } from './bytes.ts'

/** A cloud as a judge sees it. */
interface Cloud extends Provider {
  readonly protocol: Protocol
}

export interface Verdict {
  /** The operation that the request meant. */
  readonly operation?: string
  /** What is wrong with the answer, in words that are the same for all answers of this kind. */
  readonly wrong?: string
  /** More of it. */
  readonly detail?: string
}

/** Says what is wrong with an answer: another form than its cloud's, members, types, codes that it does not have. */
export type Judge = (request: Pick<Request, 'method' | 'path' | 'query' | 'headers'>, answer: Answer) => Verdict

const HEX = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
const IDS = { zenlayer: new RegExp(`^T${HEX.toUpperCase()}$`), baidu: new RegExp(`^${HEX}$`) }
const TYPE = 'application/json;charset=UTF-8'
const PROBLEM = 'application/problem+json; charset=utf-8'
/** What the control API answers that is no JSON: texts, documents, what Prometheus reads. */
const TEXTS = ['text/plain; charset=utf-8', 'application/yaml', 'text/plain; version=0.0.4; charset=utf-8']

export function judgeOf(providers: readonly Provider[]): Judge {
  const clouds: readonly Cloud[] = providers.map((each) => ({ ...each, protocol: each.protocolFor(each.operations) }))
  return (request, answer) => {
    const { status, headers, body } = answer
    const cloud = clouds.find(({ protocol }) => protocol.owns(request.path))
    const { operation } =
      cloud?.protocol.read({ method: request.method, url: targetOf(request), headers: request.headers }) ?? {}
    const named = operation && { operation: operation.name }
    const wrong = (text: string, detail = body.toString('utf8', 0, 600)): Verdict => ({
      ...named,
      wrong: `${operation ? `${operation.name}: ` : ''}${text}`,
      detail
    })
    if (!(status >= 200 && status < 500) && !tellsOfMove(answer)) return wrong(`status ${status}`)
    if (headers.date === undefined) return wrong('an answer without a Date')
    if (!cloud) return wrongOutside(request.method, answer, wrong) ?? {}
    return wrongOfCloud(cloud, operation, request.method, answer, wrong) ?? named ?? {}
  }
}

type Wrong = (text: string, detail?: string) => Verdict

function wrongOfCloud(
  cloud: Cloud,
  operation: Operation | undefined,
  method: string,
  answer: Answer,
  wrong: Wrong
): Verdict | undefined {
  const { status, headers } = answer
  if (headers['content-type'] !== TYPE) return wrong(`the type ${headers['content-type']}`)
  const hint = headers['x-snapstand-hint']
  if (hint !== undefined && !/^[ -~]+$/.test(hint)) return wrong('a hint that is no printable ASCII', hint)
  if (cloud.name === 'baidu' && headers.server !== 'BWS') return wrong(`the server ${headers.server}`)
  if (method === 'HEAD') return undefined
  const value = parsed(answer.body)
  if (value instanceof Unread) return wrong('a body that is no JSON')
  const idMember = memberOf(value, 'requestId')
  const id = cloud.name === 'baidu' ? headers['x-bce-request-id'] : idMember
  const form = cloud.name === 'baidu' ? IDS.baidu : IDS.zenlayer
  if (typeof id !== 'string' || !form.test(id)) return wrong('no request id of this cloud', String(id))
  if (status >= 300) return wrongOfRefusal(cloud, operation, status, value, id, wrong)
  if (status !== 200) return wrong(`status ${status}`)
  if (!operation) return wrong('a success of no operation')
  const result = cloud.name === 'baidu' ? value : inZenlayersEnvelope(value, id)
  if (result instanceof Unread) return wrong('another envelope')
  const fault = inexact(operation, result)
  return fault === undefined ? undefined : wrong('members or types that its schema does not have', fault.slice(0, 900))
}

function wrongOfRefusal(
  { catalogue }: Cloud,
  operation: Operation | undefined,
  status: number,
  value: unknown,
  id: string,
  wrong: Wrong
): Verdict | undefined {
  const members = Object.keys(Object(value)).toSorted().join()
  if (members !== 'code,message,requestId') return wrong(`a refusal with the members ${members}`)
  const [code, message] = [memberOf(value, 'code'), memberOf(value, 'message')]
  if (memberOf(value, 'requestId') !== id) return wrong('two request ids in one answer')
  if (typeof code !== 'string' || typeof message !== 'string' || message === '') return wrong('a refusal without words')
  const refusal = catalogue[code]
  if (!refusal) return wrong(`the unknown code ${code}`)
  if (refusal.common !== true && !operation?.errors.includes(code))
    return wrong(`the code ${code}, which it does not list`)
  const expected = operation?.wording[code]?.status ?? refusal.status
  // Cloud: one code for an unknown action, path and method (zenlayer.md 2.3).
  const isOther = code === 'AUTHFAILURE_UNAUTHORIZED_OPERATION' && (status === 404 || status === 405)
  return status === expected || isOther ? undefined : wrong(`${code} with status ${status}, not ${expected}`)
}

function inZenlayersEnvelope(value: unknown, id: string): unknown {
  if (Object.keys(Object(value)).toSorted().join() !== 'requestId,response') return new Unread()
  const { requestId, ...result } = Object(memberOf(value, 'response'))
  return requestId === id ? result : new Unread()
}

function wrongOutside(method: string, { status, headers, body }: Answer, wrong: Wrong): Verdict | undefined {
  const type = headers['content-type']
  if (status >= 300 && type !== PROBLEM) return wrong(`a refusal of type ${type}`)
  if (method === 'HEAD') return undefined
  if (status === 204) return body.length === 0 ? undefined : wrong('a body with 204')
  if (status >= 300) {
    const value = parsed(body)
    const told = ['type', 'title', 'detail'].every((name) => typeof memberOf(value, name) === 'string')
    return told && memberOf(value, 'status') === status ? undefined : wrong('no problem details')
  }
  if (type?.startsWith('application/json')) {
    return parsed(body) instanceof Unread ? wrong('a body that is no JSON') : undefined
  }
  const isText = type !== undefined && TEXTS.includes(type)
  return isText ? undefined : wrong(`the type ${type}`)
}

/** No body is no value; what can't be read is told apart from every value. */
class Unread {}
function parsed(body: Buffer): unknown {
  if (body.length === 0) return undefined
  try {
    return JSON.parse(body.toString())
  } catch {
    return new Unread()
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
