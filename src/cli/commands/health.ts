import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { ControlRefused, type Health, Unreachable } from '../../client/index.ts'
import type { Remote } from '../../config/config.ts'
import type { RemoteCommand } from '../command.ts'
import { EXIT, Failure } from '../failure.ts'

/** Whoever asks again and again, such as the image's health check, has no use for a late answer. */
const PATIENCE_MS = 2500

export const health: RemoteCommand = {
  usage: 'health',
  description: 'tell whether a server is there; exits with 3 if not',
  async run({ at }) {
    const answer = await askHealth(at)
    return { answer, text: `${healthLine(answer)}\n` }
  }
}

export function healthLine({ status, version, worlds }: Health): string {
  return version === undefined ? status : `${status}, Snapstand ${version}, worlds: ${worlds}`
}

/**
 * As the client would ask, but by node:http: loading fetch takes as much as all the rest of this command. Throws what the
 * client throws.
 */
export async function askHealth({ url }: Remote, patienceMs = PATIENCE_MS): Promise<Health> {
  const response = await responseOf(url, patienceMs)
  const status = response.statusCode ?? 0
  try {
    const answer = JSON.parse(await text(response))
    if (status === 200) return answer
    throw new ControlRefused(status, answer, 'GET /health')
  } catch (error) {
    throw error instanceof ControlRefused ? error : new Unreachable(url, error)
  }
}

async function responseOf(base: string, patienceMs: number): Promise<IncomingMessage> {
  const url = new URL('_snapstand/health', base.endsWith('/') ? base : `${base}/`)
  const { get } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patienceMs)
    get(url, { agent: false, signal }, resolve).once('error', (error) => {
      const late = new Failure(`${base} does not answer within ${patienceMs / 1000} seconds`, EXIT.nobody)
      reject(signal.aborted ? late : new Unreachable(base, error))
    })
  })
}
