/** A way to end that is told in one line. */
export class Failure extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode: number = EXIT.refused) {
    super(message)
    this.exitCode = exitCode
  }
}

/** How a command line ends, for scripts. */
export const EXIT = {
  done: 0,
  /** The server said no, or what was to be done cannot be. */
  refused: 1,
  /** What was typed, or a file, is wrong. */
  usage: 2,
  /** No server is there. */
  nobody: 3
} as const
