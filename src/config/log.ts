import { inspect } from 'node:util'
import { wallNow } from '../core/model/clock.ts'
import type { Hide } from '../documents/hiding.ts'
import { fromInstant } from '../documents/instants.ts'
import type { LogLevel } from './flags.ts'

/** Tells the operator one thing. A detail named `error` makes it an error, which is told with its stack. */
export type Log = (message: string, detail?: object) => void

/** A line for each message, without what must not be told; by default on standard error, which leaves standard output to the banner. */
export function createLog(level: LogLevel, hide: Hide, write: (line: string) => void = writeToStderr): Log {
  return (message, detail = {}) => {
    const own = 'error' in detail ? 'error' : 'info'
    if (level === 'info' || level === own) write(hide(lineOf(own, message, detail)))
  }
}

function lineOf(level: string, message: string, detail: object): string {
  const words = [fromInstant(wallNow()), level, message]
  let stack = ''
  for (const [name, value] of Object.entries(detail)) {
    if (value instanceof Error) stack += `\n${inspect(value)}`
    else if (value !== undefined) words.push(`${name}=${JSON.stringify(value)}`)
  }
  // What a client sent may stand in a detail: one message stays one line.
  return words.join(' ').replaceAll(/[\r\n]+/g, ' ') + stack
}

function writeToStderr(line: string): void {
  process.stderr.write(`${line}\n`)
}
