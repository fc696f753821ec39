import type { Provider } from '../../src/providers/provider.ts'
import type { Answer } from '../server/connection.ts'

/** What is wrong with the answers to bytes of which nobody knows what they ask for: none, one of ours, a foreign one. */
export function wrongOfBytes(answers: readonly Answer[], clouds: readonly Provider[]): string | undefined {
  if (answers.length === 0) return 'mangled bytes: no answer'
  for (const answer of answers) {
    const wrong = wrongOf(answer, clouds)
    if (wrong !== undefined) return `mangled bytes: ${wrong}`
  }
  return undefined
}

/** Of a world that is moved the control API says so, with when to come again. */
export function tellsOfMove({ status, headers, body }: Answer): boolean {
  const detail = String(Reflect.get(membersOf(body), 'detail'))
  return status === 503 && headers['retry-after'] !== undefined && /\bmoved\b|made here/.test(detail)
}

function wrongOf(answer: Answer, clouds: readonly Provider[]): string | undefined {
  const { status, headers, body } = answer
  if (!(status >= 200 && status < 500) && !tellsOfMove(answer)) return `status ${status}`
  const type = headers['content-type'] ?? ''
  if (status < 300 || body.length === 0) return undefined
  const members = membersOf(body)
  if (type === 'application/problem+json; charset=utf-8') {
    return ['type', 'title', 'status', 'detail'].every((name) => name in members) ? undefined : 'no problem details'
  }
  if (type !== 'application/json;charset=UTF-8') return `the type ${type}`
  const code = String(Reflect.get(members, 'code'))
  if (Object.keys(members).toSorted().join() !== 'code,message,requestId') return 'a refusal with other members'
  return clouds.some(({ catalogue }) => Object.hasOwn(catalogue, code)) ? undefined : `the unknown code ${code}`
}

function membersOf(body: Buffer): object {
  try {
    return Object(JSON.parse(body.toString()))
  } catch {
    return {}
  }
}
