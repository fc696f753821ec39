import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Remote } from '../../config/config.ts'
import type { RemoteCommand } from '../command.ts'
import { controlUrl, membersOf, nobodyAt, parsed, RemoteRefused, refusedBy } from '../remote.ts'

/** Whoever asks again and again, such as the image's health check, has no use for a late answer. */
const PATIENCE_MS = 2500

export const health: RemoteCommand = {
  usage: 'health',
  description: 'tell whether a server is there; exits with 1 if not',
  async run(at) {
    const response = await responseOf(at)
    const answer = membersOf(parsed(await text(response)))
    if (response.statusCode !== 200) throw refusedBy(at, response.statusCode, answer)
    const { status, version, worlds } = answer
    return version === undefined ? `${status}\n` : `${status}, Snapstand ${version}, worlds: ${worlds}\n`
  }
}

/** By node:http, for loading fetch takes as much as all the rest of this command. */
async function responseOf(at: Remote): Promise<IncomingMessage> {
  const url = controlUrl(at, '/health')
  const { get } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    get(url, { agent: false, signal }, resolve).once('error', () => {
      const late = new RemoteRefused(`${at.url} does not answer within ${PATIENCE_MS / 1000} seconds`)
      reject(signal.aborted ? late : nobodyAt(at))
    })
  })
}
