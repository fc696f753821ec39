import { connect, type Health, type Server } from '../client/index.ts'
import { BadUsage } from '../documents/complaint.ts'
import { askHealth } from './ask-health.ts'
import type { Choice } from './command.ts'
import type { Options } from './options.ts'

/** One of several servers, as its own address reaches it. */
export interface Shard {
  readonly url: string
  readonly health: Health
  readonly server: Server
}

export const ALL: Choice = { flags: '--all <urls...>', description: 'ask each of these servers' }

/** Those that `--all` names. Throws `BadUsage`. */
export function allOf({ all }: Options): readonly string[] | undefined {
  return Array.isArray(all) ? all.map((url) => serverUrl(String(url), '--all')) : undefined
}

/** The URL of a server, in one spelling: marks of a move are compared by it. Throws `BadUsage`. */
export function serverUrl(text: string, where: string): string {
  const expected = 'expected one such as http://127.0.0.1:7430'
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw new BadUsage([{ where, reason: `${text} is no URL`, expected }])
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new BadUsage([{ where, reason: 'holds more than an address', expected }])
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

/** A server, and that it is meant, which one with `--shard` wants to be told. Throws where it can't be reached. */
export async function reach(url: string, token: string | undefined): Promise<Shard> {
  const health = await askHealth({ url })
  const number = health.shard?.split('/')[0]
  return {
    url,
    health,
    server: connect(url, { token, shard: number === undefined ? undefined : `snapstand-${number}` })
  }
}

export function reachAll(urls: readonly string[], token: string | undefined): Promise<readonly Shard[]> {
  return Promise.all(urls.map((url) => reach(url, token)))
}

/** What is odd about several servers as one: some that are not among them, or two that take themselves for the same. */
export function gapsIn(shards: readonly Pick<Shard, 'url' | 'health'>[]): readonly string[] {
  const told = shards.flatMap(({ health }) => health.shard ?? [])
  const counts = [...new Set(told.map((text) => Number(text.split('/')[1])))]
  const [count = 0] = counts
  if (counts.length > 1) return [`They do not agree on how many there are: ${told.join(', ')}.`]
  const times = (index: number) => told.filter((text) => text === `${index}/${count}`).length
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    if (times(index) === 1) return []
    return [times(index) === 0 ? `Shard ${index}/${count} is not among them.` : `Several are shard ${index}/${count}.`]
  })
}
