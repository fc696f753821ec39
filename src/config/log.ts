import { inspect } from 'node:util'
import { wallNow } from '../core/model/clock.ts'
import type { Hide } from '../documents/hiding.ts'
import { fromInstant } from '../documents/instants.ts'
import type { LogFormat, LogLevel } from './flags.ts'

/** Tells the operator one thing. A detail named `error` makes it an error, which is told with its stack. */
export type Log = (message: string, detail?: object) => void

export interface LogOptions {
  readonly level: LogLevel
  readonly format: LogFormat
  /** Puts something else in the place of what must not be told. */
  readonly hide: Hide
  /** Default: to standard error, which leaves standard output to the banner. */
  readonly write?: ((line: string) => void) | undefined
}

/** A line for each message, without what must not be told. */
export function createLog({ level, format, hide, write = writeToStderr }: LogOptions): Log {
  const form = format === 'json' ? jsonOf : lineOf
  return (message, detail = {}) => {
    const own = 'error' in detail ? 'error' : 'info'
    if (level === 'info' || level === own) write(hide(form(own, message, detail)))
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

/** The same as one object, in which a stack has its line breaks escaped. */
function jsonOf(level: string, message: string, detail: object): string {
  const own = { at: fromInstant(wallNow()), level, message }
  const details = Object.entries(detail).map(([name, value]) => [name, value instanceof Error ? inspect(value) : value])
  return JSON.stringify({ ...own, ...Object.fromEntries(details), ...own })
}

function writeToStderr(line: string): void {
  process.stderr.write(`${line}\n`)
}
