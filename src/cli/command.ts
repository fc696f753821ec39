import type { Server, World } from '../client/index.ts'
import type { Remote } from '../config/config.ts'
import type { Options } from './options.ts'
import type { Terminal } from './terminal.ts'

/** A command that drives a running server. */
export interface RemoteCommand {
  /** Its words and its arguments, as the help has them: `checkpoint save <name>`. */
  readonly usage: string
  readonly description: string
  /** What it takes besides `--url`, `--world` and `--json`. */
  readonly options?: readonly Choice[]
  /** It is meant where only the first of its words is said. */
  readonly isDefault?: boolean
  /** It waits for a server by itself, where the file that tells its URL is not written yet. */
  readonly isPatient?: boolean
  run(asked: Asked): Promise<Told | undefined>
}
export interface Choice {
  readonly flags: string
  readonly description: string
  readonly preset?: string
}

/** What a command is given. */
export interface Asked {
  readonly server: Server
  /** The one that is meant. */
  readonly world: World
  /** Its arguments, in the order of its usage. */
  readonly words: readonly string[]
  readonly options: Options
  /** Whether a machine reads the answer. */
  readonly isJson: boolean
  readonly terminal: Terminal
  /** Where the server is. */
  readonly at: Remote
  /** The same, looked for anew: one that has just started tells it by a file. */
  locate(): Promise<Remote>
}

/** What a command tells; nothing where it has told all as it came. */
export interface Told {
  /** To machines: what the server answered, as it answered it. undefined: nothing. */
  readonly answer?: unknown
  /** To people. */
  readonly text: string
}
