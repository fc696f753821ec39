import { DEFAULTS } from '../core/model/defaults.ts'
import { clockInstant } from '../documents/instants.ts'
import {
  accessKey,
  address,
  bearer,
  bytes,
  certifiedName,
  type Form,
  hostName,
  oneOf,
  onOff,
  origin,
  path,
  shard,
  shortDuration,
  text,
  wholeNumber
} from './forms.ts'

/** One thing that can be set: by a flag, by a variable, by a member of the configuration file. */
export interface Flag<T> extends Form<T> {
  /** As on the command line and in the file: `clock-at`. */
  readonly name: string
  /** What stands behind it in the help; '': it is on once it is named. */
  readonly argument: string
  readonly description: string
  /** What holds without it, as one would write it. */
  readonly preset?: string
  /** How the help says what holds without it, where that is no value of it. */
  readonly without?: string
  /** May be given several times. */
  readonly many?: true
  /** Never echoed. */
  readonly secret?: true
}

type Rest = Pick<Flag<unknown>, 'preset' | 'without' | 'many' | 'secret'>

function flag<T, const R extends Rest>(usage: string, description: string, form: Form<T>, rest?: R): Flag<T> & R
function flag<T>(usage: string, description: string, form: Form<T>, rest: Rest = {}): Flag<T> {
  const [, name = '', argument = ''] = /^(\S+)(?: <(.+)>)?$/.exec(usage) ?? []
  return { name, argument, description, ...form, ...rest }
}

const MIB = 1024 ** 2

export const LOG_LEVELS = ['silent', 'error', 'info'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
export const LOG_FORMATS = ['text', 'json'] as const
export type LogFormat = (typeof LOG_FORMATS)[number]

/** All that can be set. Their order is that of the help. */
export const FLAGS = {
  config: flag('config <file>', 'read settings from a YAML file whose members are named like these flags', path),
  host: flag('host <address>', 'address to listen on', address, { preset: '127.0.0.1' }),
  port: flag('port <number>', 'port to listen on, 0 for a free one', wholeNumber(0, 65535), { preset: '7420' }),
  seed: flag('seed <file>', 'what every new world starts with, YAML or JSON', path, {
    without: 'the built-in starter seed'
  }),
  data: flag('data <folder>', 'keep every world in a file of its own there, across restarts', path, {
    without: 'all worlds are in memory'
  }),
  clock: flag('clock <mode>', 'clock of new worlds: system runs, manual stands still', oneOf('system', 'manual'), {
    without: 'as the seed says, else system'
  }),
  clockAt: flag('clock-at <instant>', 'where the clock of new worlds starts', clockInstant, {
    without: 'now; a manual one at 2026-01-05T08:00:00Z'
  }),
  auth: flag(
    'auth <mode>',
    'verify: signatures are checked, unsigned calls served; strict: like the cloud; off: keys only name worlds',
    oneOf('verify', 'strict', 'off'),
    { preset: 'verify' }
  ),
  key: flag('key <id:secret[:world]>', 'an access key with a secret of its own', accessKey, {
    without: 'every key is its own secret',
    many: true,
    secret: true
  }),
  bearer: flag('bearer <token:world>', 'a bearer token and the world that it names', bearer, {
    many: true,
    secret: true
  }),
  control: flag('control <on|off>', 'the control API under /_snapstand', oneOf('on', 'off'), { preset: 'on' }),
  controlHost: flag(
    'control-host <name>',
    'a Host that serves the control API and unsigned calls, beside loopback; .example.com: all below',
    hostName,
    { many: true }
  ),
  controlToken: flag('control-token <token>', 'the control API wants this bearer token, on any Host', text, {
    secret: true
  }),
  cors: flag('cors <origin>', 'pages of this origin may call the clouds, * for all', origin, { many: true }),
  tls: flag('tls', 'listen for https, too, with a certificate that is made where none is given', onOff),
  tlsPort: flag('tls-port <number>', 'port for https, 0 for a free one', wholeNumber(0, 65535), { preset: '7421' }),
  tlsHost: flag(
    'tls-host <name>',
    'the certificate that is made names this, too, beside loopback and the host',
    certifiedName,
    {
      many: true
    }
  ),
  tlsCert: flag('tls-cert <file>', 'a certificate of your own, in PEM; its chain may follow it', path),
  tlsKey: flag('tls-key <file>', 'the key of that certificate, in PEM', path),
  metrics: flag('metrics', 'count, for Prometheus to read at /_snapstand/metrics', onOff),
  metricsWorlds: flag('metrics-worlds', 'count each world by its name, too', onOff),
  shard: flag(
    'shard <i/n>',
    'be the i-th, from 0, of n servers behind a proxy, and refuse what is sent here by mistake',
    shard,
    { without: 'a server alone' }
  ),
  maxWorlds: flag('max-worlds <number>', 'how many worlds there may be', wholeNumber(1, 1_000_000), {
    preset: `${DEFAULTS.maxWorlds}`
  }),
  journalBytes: flag('journal-bytes <size>', 'memory for the journals of all worlds', bytes, {
    preset: `${DEFAULTS.journalBytes / MIB}MiB`
  }),
  maxAdvance: flag('max-advance <number>', 'how many snapshots one advance may make', wholeNumber(1, 1e9), {
    preset: `${DEFAULTS.maxAdvance}`
  }),
  grace: flag('grace <duration>', 'how long the end waits for what is under way, such as 5s or 500ms', shortDuration, {
    preset: '5s'
  }),
  urlFile: flag(
    'url-file <file>',
    'tell the URL there as long as the server runs; commands that drive it look there',
    path
  ),
  logLevel: flag(
    'log-level <level>',
    `what is told on standard error: ${LOG_LEVELS.join(', ')}`,
    oneOf(...LOG_LEVELS),
    { preset: 'info' }
  ),
  logFormat: flag('log-format <format>', 'how it is told: text, or an object of JSON a line', oneOf(...LOG_FORMATS), {
    preset: 'text'
  }),
  quiet: flag('quiet', 'print nothing at the start; the --url-file tells where it listens', onOff)
} as const

/** What holds without a flag, for the help. */
export function withoutIt({ preset, without }: Flag<unknown>): string | undefined {
  return without ?? preset
}

/** `clock-at` → `SNAPSTAND_CLOCK_AT`. */
export function variableOf(flagged: Flag<unknown>): string {
  return `SNAPSTAND_${flagged.name.replaceAll('-', '_').toUpperCase()}`
}
