import { shortDuration } from '../../config/forms.ts'
import { BadUsage } from '../../documents/complaint.ts'
import { type Asked, type Choice, textOf } from '../command.ts'

export const limited: Choice = { flags: '--limit <number>', description: 'how many' }

export function limitOf(options: Asked['options']): { readonly limit?: number } {
  const limit = numberOf(options, 'limit')
  return limit === undefined ? {} : { limit }
}

/** A whole number. Throws `BadUsage`. */
export function numberOf(options: Asked['options'], name: string): number | undefined {
  const text = textOf(options, camel(name))
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new BadUsage([
    { where: `--${name}`, reason: `${JSON.stringify(text)} cannot be read`, expected: 'expected a whole number' }
  ])
}

/** Milliseconds. Throws `BadUsage`. */
export function durationOf(options: Asked['options'], name: string): number | undefined {
  const text = textOf(options, camel(name))
  if (text === undefined) return undefined
  const ms = shortDuration.read(text)
  if (ms !== undefined) return ms
  const reason = `${JSON.stringify(text)} cannot be read`
  throw new BadUsage([{ where: `--${name}`, reason, expected: `expected ${shortDuration.expected}` }])
}

/** An option's name as the parser keeps it. */
function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
