import { EARLIEST_AT, LATEST_AT } from '../core/model/clock.ts'
import { type KeyEntry, readBearer, readKey } from './keys.ts'

/** One thing that can be set: by a flag, by a variable, by a member of the configuration file. */
export interface Flag<T> {
  /** As on the command line and in the file: `clock-at`. */
  readonly name: string
  /** What stands behind it in the help. */
  readonly argument: string
  readonly description: string
  /** In words, for the one who got it wrong. */
  readonly expected: string
  /** The value of one text, or undefined where it is none. */
  readonly read: (text: string) => T | undefined
  /** How the help words what holds without it. */
  readonly without?: string
  /** May be given several times. */
  readonly many?: true
  /** Never echoed. */
  readonly secret?: true
}

function flag<T>(
  usage: `${string} <${string}>`,
  description: string,
  form: Pick<Flag<T>, 'expected' | 'read'>,
  rest: Pick<Flag<T>, 'without' | 'many' | 'secret'> = {}
): Flag<T> {
  const [, name = '', argument = ''] = /^(\S+) <(.+)>$/.exec(usage) ?? []
  return { name, argument, description, ...form, ...rest }
}

const text = { expected: 'a text that is not empty', read: (value: string) => (value === '' ? undefined : value) }

const wholeNumber = (from: number, to: number) => ({
  expected: `a whole number from ${from} to ${to}`,
  read: (value: string) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : -1
    return number >= from && number <= to ? number : undefined
  }
})

const oneOf = <const W extends string>(...words: readonly W[]) => ({
  expected: `one of ${words.join(', ')}`,
  read: (value: string) => words.find((word) => word === value)
})

const UNITS = new Map([
  ['', 1],
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3]
])
const bytes = {
  expected: 'a number of bytes such as 1048576 or 64MiB',
  read: (value: string) => {
    const [, number = '', unit = ''] = /^(\d{1,12}) ?(|KiB|MiB|GiB)$/.exec(value) ?? []
    const factor = UNITS.get(unit)
    const size = number === '' || factor === undefined ? Number.NaN : Number(number) * factor
    return Number.isSafeInteger(size) ? size : undefined
  }
}

const DURATION_UNITS_MS = new Map([
  ['ms', 1],
  ['', 1000],
  ['s', 1000],
  ['m', 60_000]
])
const LONGEST_DURATION_MS = 3_600_000
/** In milliseconds. */
const duration = {
  expected: 'a duration of at most an hour such as 5s or 500ms; a bare number is seconds',
  read: (value: string) => {
    const [, number = '', unit = ''] = /^(\d{1,7}(?:\.\d{1,3})?) ?(|ms|s|m)$/.exec(value) ?? []
    const ms = number === '' ? Number.NaN : Math.round(Number(number) * (DURATION_UNITS_MS.get(unit) ?? Number.NaN))
    return ms <= LONGEST_DURATION_MS ? ms : undefined
  }
}

export const instant = {
  expected: 'an instant from 2000 to 2100 such as 2026-01-05T08:00:00Z',
  read: (value: string) => {
    const [, date = ''] = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/.exec(value) ?? []
    // Date.parse takes the 30th of February for the 2nd of March.
    const day = Date.parse(`${date}T00:00:00Z`)
    if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return undefined
    const at = Date.parse(value)
    return at >= EARLIEST_AT && at <= LATEST_AT ? at : undefined
  }
}

const anOrigin = {
  expected: 'an origin such as http://localhost:3000, null for pages without one, or * for all',
  read: (value: string) => {
    if (value === '*' || value === 'null') return value
    if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#\s@]+\/?$/i.test(value)) return undefined
    const origin = value.toLowerCase().replace(/\/$/, '')
    // Browsers leave out the port that the scheme has anyway.
    return origin.replace(/^(http:.*):80$/, '$1').replace(/^(https:.*):443$/, '$1')
  }
}

const aKey: Pick<Flag<KeyEntry>, 'expected' | 'read'> = {
  expected: 'id:secret or id:secret:world; a secret that holds a colon can stand in the configuration file',
  read: readKey
}
const aBearer: Pick<Flag<KeyEntry>, 'expected' | 'read'> = { expected: 'token:world', read: readBearer }

export const LOG_LEVELS = ['silent', 'error', 'info'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** All that can be set. Their order is that of the help. */
export const FLAGS = {
  config: flag('config <file>', 'read settings from a YAML file whose members are named like these flags', text),
  host: flag('host <address>', 'address to listen on', text, { without: '127.0.0.1' }),
  port: flag('port <number>', 'port to listen on, 0 for a free one', wholeNumber(0, 65535), { without: '7420' }),
  seed: flag('seed <file>', 'what every new world starts with, YAML or JSON', text, {
    without: 'the built-in starter seed'
  }),
  data: flag('data <folder>', 'keep every world in a file of its own there, across restarts', text, {
    without: 'all worlds are in memory'
  }),
  clock: flag('clock <mode>', 'clock of new worlds: system runs, manual stands still', oneOf('system', 'manual'), {
    without: 'system'
  }),
  clockAt: flag('clock-at <instant>', 'where the clock of new worlds starts', instant, {
    without: 'now; a manual one at 2026-01-05T08:00:00Z'
  }),
  auth: flag(
    'auth <mode>',
    'verify: signatures are checked, unsigned calls served; strict: like the cloud; off: keys only name worlds',
    oneOf('verify', 'strict', 'off'),
    { without: 'verify' }
  ),
  key: flag('key <id:secret[:world]>', 'an access key with a secret of its own', aKey, {
    without: 'every key is its own secret',
    many: true,
    secret: true
  }),
  bearer: flag('bearer <token:world>', 'a bearer token and the world that it names', aBearer, {
    many: true,
    secret: true
  }),
  control: flag('control <on|off>', 'the control API under /_snapstand', oneOf('on', 'off'), { without: 'on' }),
  controlHost: flag(
    'control-host <name>',
    'a Host on which the control API and unsigned calls are served, beside loopback',
    text,
    { many: true }
  ),
  controlToken: flag('control-token <token>', 'the control API wants this bearer token, on any Host', text, {
    secret: true
  }),
  cors: flag('cors <origin>', 'pages of this origin may call the clouds, * for all', anOrigin, { many: true }),
  maxWorlds: flag('max-worlds <number>', 'how many worlds there may be', wholeNumber(1, 1_000_000), {
    without: '10000'
  }),
  journalBytes: flag('journal-bytes <size>', 'memory for the journals of all worlds', bytes, { without: '64MiB' }),
  maxAdvance: flag('max-advance <number>', 'how many snapshots one advance may make', wholeNumber(1, 1e9), {
    without: '1000000'
  }),
  grace: flag('grace <duration>', 'how long the end waits for what is under way, such as 5s or 500ms', duration, {
    without: '5s'
  }),
  logLevel: flag(
    'log-level <level>',
    `what is told on standard error: ${LOG_LEVELS.join(', ')}`,
    oneOf(...LOG_LEVELS),
    {
      without: 'info'
    }
  )
} as const

/** `clock-at` → `SNAPSTAND_CLOCK_AT`. */
export function variableOf(flagged: Flag<unknown>): string {
  return `SNAPSTAND_${flagged.name.replaceAll('-', '_').toUpperCase()}`
}
