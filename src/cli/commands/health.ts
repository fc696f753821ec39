import { type Health, Unreachable } from '../../client/index.ts'
import { askHealth } from '../ask-health.ts'
import type { RemoteCommand } from '../command.ts'
import { EXIT, Failure } from '../failure.ts'
import { ALL, allOf, gapsIn } from '../shards.ts'
import type { Terminal } from '../terminal.ts'

export const health: RemoteCommand = {
  usage: 'health',
  description: 'tell whether a server is there; exits with 3 if not',
  options: [ALL],
  async run({ at, options, isJson, terminal }) {
    const urls = allOf(options)
    if (urls) return healthOfAll(urls, isJson, terminal)
    const answer = await askHealth(at)
    return { answer, text: `${healthLine(answer)}\n` }
  }
}

/** Every one is asked, whatever another says. */
async function healthOfAll(urls: readonly string[], isJson: boolean, { stdout }: Terminal): Promise<undefined> {
  const asked = await Promise.all(
    urls.map(async (url) => {
      const health = await askHealth({ url }).catch((error: unknown) => {
        if (error instanceof Failure || error instanceof Unreachable) return undefined
        throw error
      })
      return { url, health }
    })
  )
  const there = asked.flatMap(({ url, health }) => (health ? [{ url, health }] : []))
  const lines = asked.map(({ url, health }) => `${url}: ${health ? healthLine(health) : 'does not answer'}`)
  stdout.write(isJson ? `${JSON.stringify(asked)}\n` : `${[...lines, ...gapsIn(there)].join('\n')}\n`)
  const missing = asked.length - there.length
  if (missing > 0) throw new Failure(`${missing} of ${asked.length} servers do not answer`, EXIT.nobody)
  return undefined
}

export function healthLine({ status, version, worlds, shard }: Health): string {
  const which = shard === undefined ? '' : `, shard ${shard}`
  return version === undefined ? status : `${status}, Snapstand ${version}, worlds: ${worlds}${which}`
}
