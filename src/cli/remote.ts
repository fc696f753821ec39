import type { Remote } from '../config/config.ts'

/** The server said no, or there is none; the message is for the person at the terminal. */
export class RemoteRefused extends Error {}

export type Members = Readonly<Record<string, unknown>>

interface Sent {
  readonly body?: string
  readonly type?: string
  readonly accept?: string
}

/** A control call, and its answer's members. Throws `RemoteRefused`. */
export async function call(at: Remote, method: string, path: string, body?: object): Promise<Members> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' }
  const response = await answerOf(at, method, path, sent)
  const answer = membersOf(parsed(await response.text()))
  if (response.ok) return answer
  throw refusedBy(at, response.status, answer)
}

/** The answer to a control call as it is. Throws `RemoteRefused` where nobody answers. */
export async function answerOf(at: Remote, method: string, path: string, sent: Sent = {}): Promise<Response> {
  const url = controlUrl(at, path)
  const headers = {
    ...(at.token === undefined ? {} : { authorization: `Bearer ${at.token}` }),
    ...(sent.type === undefined ? {} : { 'content-type': sent.type }),
    ...(sent.accept === undefined ? {} : { accept: sent.accept })
  }
  try {
    return await fetch(url, { method, headers, ...(sent.body === undefined ? {} : { body: sent.body }) })
  } catch {
    throw nobodyAt(at)
  }
}

/** A door of the control API, for the world that is meant. */
export function controlUrl(at: Remote, path: string): URL {
  const url = new URL(`_snapstand${path}`, at.url.endsWith('/') ? at.url : `${at.url}/`)
  if (!url.searchParams.has('world')) url.searchParams.set('world', at.world)
  return url
}

export function nobodyAt(at: Remote): RemoteRefused {
  return new RemoteRefused(`nothing answers at ${at.url}; start it with snapstand, or name another with --url`)
}

export function refusedBy(at: Remote, status: number | undefined, answer: Members): RemoteRefused {
  return new RemoteRefused(typeof answer.detail === 'string' ? answer.detail : `${at.url} answered ${status}`)
}

/** JSON, or undefined where a text is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
