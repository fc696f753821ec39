import { shortDuration } from '../config/forms.ts'
import { BadUsage } from '../documents/complaint.ts'
import { readText } from '../documents/document.ts'
import type { Choice } from './command.ts'

/** What was typed behind the words of a command, by its name as the parser keeps it: `atLeast`. */
export type Options = Readonly<Record<string, unknown>>

export const limited: Choice = { flags: '--limit <number>', description: 'how many' }

export function limitOf(options: Options): { readonly limit?: number } {
  return given({ limit: numberOf(options, 'limit') })
}

/** Which calls of the journal are meant, by what both their list and an expectation of them can say. */
export function callsOf(options: Options) {
  return {
    provider: textOf(options, 'cloud'),
    status: numberOf(options, 'status'),
    code: textOf(options, 'code'),
    resource: textOf(options, 'resource'),
    after: textOf(options, 'after')
  }
}

/** An option's text, if it was given. */
export function textOf(options: Options, name: string): string | undefined {
  const value = options[camel(name)]
  return typeof value === 'string' ? value : undefined
}

/** A whole number. Throws `BadUsage`. */
export function numberOf(options: Options, name: string): number | undefined {
  const text = textOf(options, name)
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new BadUsage([
    { where: `--${name}`, reason: `${JSON.stringify(text)} cannot be read`, expected: 'expected a whole number' }
  ])
}

/** Milliseconds. Throws `BadUsage`. */
export function durationOf(options: Options, name: string): number | undefined {
  const text = textOf(options, name)
  if (text === undefined) return undefined
  const ms = shortDuration.read(text)
  if (ms !== undefined) return ms
  const reason = `${JSON.stringify(text)} cannot be read`
  throw new BadUsage([{ where: `--${name}`, reason, expected: `expected ${shortDuration.expected}` }])
}

/** What the file of `--ca` holds. Throws `BadUsage` where that is no certificate. */
export async function certificateOf(options: Options): Promise<string | undefined> {
  const file = textOf(options, 'ca')
  if (file === undefined) return undefined
  const text = await readText(file)
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw new BadUsage([{ where: '--ca', reason: `${file} holds no certificate`, expected: 'expected one in PEM' }])
}

/** What of these was given. */
export function given<T extends object>(all: T): { [M in keyof T]?: T[M] & {} } {
  const those: { [M in keyof T]?: T[M] & {} } = {}
  for (const name in all) {
    const value = all[name]
    if (value !== undefined && value !== null) those[name] = value
  }
  return those
}

/** An option's name as the parser keeps it. */
function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
