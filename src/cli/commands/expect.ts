import type { ExpectedRequests } from '../../client/index.ts'
import { BadUsage } from '../../documents/complaint.ts'
import type { RemoteCommand } from '../command.ts'
import { callsOf, durationOf, given, numberOf, type Options, textOf } from '../options.ts'
import { shownCalls } from './requests.ts'

export const expectRequests: RemoteCommand = {
  usage: 'requests expect <operation>',
  description: 'end with 0 if a world had such calls, at least one; else with 1, and tell which were nearly it',
  options: [
    { flags: '--cloud <name>', description: 'of this cloud' },
    { flags: '--status <number>', description: 'answered with this status' },
    { flags: '--code <code>', description: 'refused with this code' },
    { flags: '--resource <id>', description: 'about this resource' },
    { flags: '--body <json>', description: 'with these members in what was sent' },
    { flags: '--times <number>', description: 'so many, neither more nor less' },
    { flags: '--at-least <number>', description: 'so many, or more' },
    { flags: '--at-most <number>', description: 'so many, or fewer' },
    { flags: '--after <instant>', description: 'not before this instant of the world' },
    { flags: '--within <duration>', description: 'wait for them so long' }
  ],
  async run({ world, words: [operation = ''], options, terminal: { paint } }) {
    const answer = await world.requests.expect({ operation, ...askedBy(options) })
    const calls = shownCalls(answer.requests.toReversed(), paint)
    return { answer, text: `${calls}${answer.count} ${operation} in ${world.key}, as expected.\n` }
  }
}

function askedBy(options: Options): Omit<ExpectedRequests, 'operation'> {
  return given({
    ...callsOf(options),
    body: bodyIn(textOf(options, 'body')),
    times: numberOf(options, 'times'),
    atLeast: numberOf(options, 'at-least'),
    atMost: numberOf(options, 'at-most'),
    withinMs: durationOf(options, 'within')
  })
}

function bodyIn(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // It is told below.
  }
  const reason = `${JSON.stringify(text)} cannot be read`
  throw new BadUsage([
    { where: '--body', reason, expected: 'expected a JSON object such as {"snapshotName":"nightly"}' }
  ])
}
