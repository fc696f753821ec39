import type { IncomingHttpHeaders } from 'node:http'
import { ALL_WORLDS } from '../core/model/world-names.ts'
import { bytesOf } from '../providers/wire/uri.ts'

/** One of several servers among which a proxy distributes the worlds, counted from 0. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** What the proxy calls the server that it has chosen: `snapstand-0`. */
const NAME = 'X-Snapstand-Shard'
/** What the proxy has chosen it by. Who calls a shard by its own address sends none. */
const KEY = 'X-Snapstand-Shard-Key'

/** A call has come to a shard that its world does not belong to; the message says what is to be put right. */
export class Misplaced extends Error {
  /** The header that tells. */
  readonly header: string
  readonly value: string | undefined
  /** What would have been right there. */
  readonly example: string
  constructor(message: string, header: string, value: string | undefined, example: string) {
    super(message)
    this.header = header
    this.value = value
    this.example = example
  }
}

/**
 * Why a call about a world is not for this shard, as far as it can be seen here: the proxy has to say that it has chosen
 * this server, and that it has chosen it by the world, so that all calls about the world come here. undefined: it is.
 */
export function misplaced(
  shard: Shard | undefined,
  headers: IncomingHttpHeaders,
  world: string
): Misplaced | undefined {
  if (!shard) return undefined
  const name = textOf(headers['x-snapstand-shard'])
  const key = textOf(headers['x-snapstand-shard-key'])
  const own = `snapstand-${shard.index}`
  const here = `This is shard ${shardText(shard)}`
  if (name === undefined) {
    const how = `it has passed by the proxy, or the proxy does not send ${NAME} as those in deploy/ do`
    return new Misplaced(`${here}, and the call names none: ${how}.`, NAME, undefined, own)
  }
  if (ordinalOf(name) !== shard.index) {
    const how = 'the proxy and --shard count differently, or an address of the proxy is another shard’s'
    return new Misplaced(`${here}, and the call was sent to ${JSON.stringify(name)}: ${how}.`, NAME, name, own)
  }
  if (key === undefined || (key !== ALL_WORLDS && covers(key, world))) return undefined
  if (world === ALL_WORLDS || key === ALL_WORLDS) {
    const how = 'ask each by its own address, as snapstand reset, worlds and health do with --all'
    return new Misplaced(`${here} and has some of the worlds only, while the call is about all: ${how}.`, KEY, key, own)
  }
  // What it has sharded by is not told: it may be a token.
  const how = 'have the proxy take the world that a key or token is configured for, or send X-Snapstand-World'
  return new Misplaced(
    `The call is about the world ${JSON.stringify(world)}, by which the proxy has not sharded: ${how}.`,
    KEY,
    undefined,
    world
  )
}

/** `0/3`, as the flag has it. */
export function shardText({ index, count }: Shard): string {
  return `${index}/${count}`
}

/** The worlds of tokens may all lie in one place: not every proxy can tell their names. */
const TOKENS = 'bearer-'

function covers(key: string, world: string): boolean {
  return key === world || (key === TOKENS && world.startsWith(TOKENS))
}

/** Whatever the server is called, its number stands at the end. */
function ordinalOf(name: string): number | undefined {
  const digits = /\d{1,9}$/.exec(name)?.[0]
  return digits === undefined ? undefined : Number(digits)
}

/** As it was sent, in UTF-8: Node takes it for bytes. */
function textOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? bytesOf(value).toString() : undefined
}
