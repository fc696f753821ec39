import { BadUsage } from '../documents/complaint.ts'
import { Failure } from './failure.ts'
import type { Terminal } from './terminal.ts'

/**
 * Goes on where whoever typed the command says yes to what it will do: `first` in one sentence, then the rest. Throws
 * `BadUsage` where there is nobody to ask.
 */
export async function confirm(
  { ask, stderr }: Terminal,
  [first, ...rest]: readonly [string, ...string[]],
  isYes: boolean
): Promise<void> {
  if (!isYes && ask === undefined) {
    throw new BadUsage([{ where: '--yes', reason: 'is missing, and there is no terminal to ask at', expected: first }])
  }
  for (const line of [first, ...rest]) stderr.write(`${line}\n`)
  if (isYes || ask === undefined) return
  const answer = await ask('Go on? Type yes: ')
  if (answer.trim().toLowerCase() !== 'yes') throw new Failure('nothing was done')
}
