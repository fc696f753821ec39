import { Writable } from 'node:stream'
import { type CommandLineOptions, runCommandLine } from '../../src/cli/program.ts'
import { createPaint, type Terminal } from '../../src/cli/terminal.ts'
import type { Ended } from '../program.ts'

export interface Surroundings {
  readonly env?: CommandLineOptions['env']
  /** As on a terminal. */
  readonly isColoured?: boolean
  readonly isWatched?: boolean
  /** Of a person at a terminal. */
  readonly ask?: Terminal['ask']
  readonly ended?: CommandLineOptions['ended']
}

/** A command line, run in this process. */
export async function typed(words: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  return typing(words, surroundings).ended
}

/** The same, as it goes on. */
export function typing(
  words: readonly string[],
  { env = {}, isColoured = false, isWatched = false, ask, ended: until }: Surroundings = {}
) {
  const out = collector()
  const err = collector()
  const terminal = {
    stdout: out.stream,
    stderr: err.stream,
    isWatched,
    paint: createPaint(isColoured),
    ...(ask && { ask })
  }
  const ended = runCommandLine(words, { version: '1.2.3', env, terminal, ...(until && { ended: until }) }).then(
    (code): Ended => ({ code, out: out.text(), err: err.text() })
  )
  return { ended, printed: () => out.text() }
}

export function collector(): { readonly stream: Writable; text(): string } {
  const pieces: Buffer[] = []
  const stream = new Writable({
    write(piece, _encoding, done) {
      pieces.push(Buffer.from(piece))
      done()
    }
  })
  return { stream, text: () => Buffer.concat(pieces).toString() }
}
