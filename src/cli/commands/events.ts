import type { Event } from '../../client/index.ts'
import { EVENT_TYPES, type EventType } from '../../core/model/events.ts'
import { BadUsage } from '../../documents/complaint.ts'
import { unknownName } from '../../documents/words.ts'
import type { RemoteCommand } from '../command.ts'
import { textOf } from '../options.ts'
import { columns, type Paint, statusIn, writeTo } from '../terminal.ts'
import { whyOf } from './requests.ts'

export const events: RemoteCommand = {
  usage: 'events',
  description: 'tell what happens, as it happens: calls of the clouds, and what time does; with --json each on a line',
  options: [{ flags: '--types <types>', description: `only these, separated by commas: ${EVENT_TYPES.join(', ')}` }],
  async run({ world, options, isJson, terminal: { stdout, paint } }) {
    const types = textOf(options, 'types')?.split(',').map(typeOf)
    await using happening = world.events({ ...(types && { types }) })
    for await (const event of happening) {
      await writeTo(
        stdout,
        isJson ? `${JSON.stringify(event)}\n` : columns([cellsOf(event, paint)], { widths: WIDTHS })
      )
    }
    return undefined
  }
}

function typeOf(word: string): EventType {
  const type = EVENT_TYPES.find((each) => each === word)
  if (type !== undefined) return type
  throw new BadUsage([{ where: `--types ${word}`, ...unknownName(word, EVENT_TYPES) }])
}

/** Of an instant, a world's name and a type. */
const WIDTHS = [24, 7, 9]

function cellsOf(event: Event, paint: Paint): readonly string[] {
  const at = 'at' in event ? event.at : ''
  return [paint.dim(at), event.world ?? '-', paint.bold(event.type), toldOf(event, paint)]
}

function toldOf(event: Event, paint: Paint): string {
  switch (event.type) {
    case 'request': {
      const { provider, operation, method, url, status, code } = event
      const words = [provider, operation ?? `${method} ${url}`, statusIn(paint, status), code, whyOf(event)]
      return words.filter((word) => word !== null && word !== undefined).join(' ')
    }
    case 'fired':
      return `${event.provider} ${event.what} ${event.subject} made ${event.made}${tallyOf(event.skipped, paint)}`
    case 'created':
      return `${event.provider} ${event.what} ${event.subject} ${event.state}${ofWhat(event)}`
    case 'completed':
      return `${event.provider} ${event.what} ${event.subject} was ${event.was}, is ${event.state}`
    case 'expired':
      return `${event.provider} ${event.what} ${event.subject}${ofWhat(event)}`
    case 'skipped':
      return `${event.provider} ${event.what} ${event.subject} by ${event.policy}: ${paint.yellow(event.reason)}`
    case 'clock':
      return `${event.now} ${event.mode}${event.advancing ? `, advancing to ${event.advancing.to}` : ''}`
    case 'fault':
      return `${event.fault} met ${event.provider} ${event.operation}: ${paint.red(event.outcome)}`
    case 'replaced':
      return `${event.why}${event.checkpoint === undefined ? '' : ` to ${event.checkpoint}`}`
    case 'missed':
      return paint.yellow(`${event.count ?? 'some'} events are no longer kept`)
    default:
      return event satisfies never
  }
}

function ofWhat({ volume, policy }: { readonly volume?: string; readonly policy?: string }): string {
  return `${volume === undefined ? '' : ` of ${volume}`}${policy === undefined ? '' : ` by ${policy}`}`
}

function tallyOf(skipped: Readonly<Record<string, number>>, paint: Paint): string {
  const reasons = Object.entries(skipped).map(([reason, count]) => `${count} ${reason}`)
  return reasons.length === 0 ? '' : `, ${paint.yellow(`skipped: ${reasons.join(', ')}`)}`
}
