import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { clients } from './clients.ts'

export interface CommandLine {
  readonly names: readonly string[]
  /** Checkouts, by client. */
  readonly sources: ReadonlyMap<string, string>
  readonly require: boolean
  /** By https, and trusting nothing but the server's certificate. */
  readonly tls: boolean
  /** Three servers behind nginx, as deploy/ has it. */
  readonly shards: boolean
  readonly list: boolean
  readonly help: boolean
}

/** Throws what is wrong with it, in words. */
export function commandLine(): CommandLine {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      require: { type: 'boolean', default: false },
      tls: { type: 'boolean', default: false },
      shards: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      source: { type: 'string', multiple: true, default: [] }
    }
  })
  const names = named(positionals, Object.keys(clients))
  const { source, ...switches } = values
  if (switches.tls && switches.shards) throw new Error('--tls and --shards: one at a time')
  return { ...switches, sources: new Map(source.map(readSource)), names }
}

/** Of a rehearsal: only some clients have a life to tell. Throws what is wrong with it, in words. */
export function rehearsalLine(): Pick<CommandLine, 'names' | 'sources' | 'require' | 'help'> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      require: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      source: { type: 'string', multiple: true, default: [] }
    }
  })
  const names = named(
    positionals,
    Object.keys(clients).filter((name) => clients[name]?.life)
  )
  const { source, ...switches } = values
  return { ...switches, sources: new Map(source.map(readSource)), names }
}

/** All of them where none is named. */
function named(given: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = given.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Error(`no client ${unknown}; there are ${known.join(', ')}`)
  return given.length > 0 ? given : known
}

/** `client=DIR`. */
function readSource(given: string): readonly [string, string] {
  const [name = '', dir = ''] = given.split(/=(.*)/s)
  if (!clients[name]?.module) {
    const possible = Object.keys(clients).filter((each) => clients[each]?.module)
    throw new Error(`--source ${given}: it is for ${possible.join(' and ')}`)
  }
  if (!dir || !statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`--source ${given}: no such folder`)
  }
  return [name, resolve(dir)]
}
