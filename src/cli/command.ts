import type { Remote } from '../config/config.ts'

/** A command that drives a running server. */
export interface RemoteCommand {
  /** Its name and its arguments, as the help has them. */
  readonly usage: string
  readonly description: string
  /** What it takes besides `--url` and `--world`. */
  readonly options?: readonly {
    readonly flags: string
    readonly description: string
    readonly preset?: string
  }[]
  /** What to print. */
  run(at: Remote, words: readonly string[], options: Readonly<Record<string, unknown>>): Promise<string>
}
