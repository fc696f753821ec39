import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { ControlRefused, type Health, Unreachable } from '../client/index.ts'
import type { Remote } from '../config/config.ts'
import { EXIT, Failure } from './failure.ts'

/** Whoever asks again and again, such as the image's health check, has no use for a late answer. */
const PATIENCE_MS = 2500

/**
 * As the client would ask, but by node:http: loading fetch takes as much as all the rest of this command. Throws what the
 * client throws.
 */
export async function askHealth(
  { url }: Pick<Remote, 'url'>,
  patienceMs = PATIENCE_MS,
  world?: string
): Promise<Health> {
  const response = await responseOf(url, patienceMs, world)
  const status = response.statusCode ?? 0
  try {
    const answer = JSON.parse(await text(response))
    if (status === 200) return answer
    throw new ControlRefused(status, answer, 'GET /health')
  } catch (error) {
    throw error instanceof ControlRefused ? error : new Unreachable(url, error)
  }
}

async function responseOf(base: string, patienceMs: number, world?: string): Promise<IncomingMessage> {
  const url = new URL('_snapstand/health', base.endsWith('/') ? base : `${base}/`)
  const { get } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patienceMs)
    // A proxy sends it to who has that world.
    const headers = world === undefined ? {} : { 'x-snapstand-world': Buffer.from(world).toString('latin1') }
    get(url, { agent: false, signal, headers }, resolve).once('error', (error) => {
      const late = new Failure(`${base} does not answer within ${patienceMs / 1000} seconds`, EXIT.nobody)
      reject(signal.aborted ? late : new Unreachable(base, error))
    })
  })
}
