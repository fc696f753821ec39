import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { durationMs } from '../documents/instants.ts'
import { type KeyEntry, readBearer, readKey } from './keys.ts'

/** What a text must be, and how it is read. */
export interface Form<T> {
  /** In words, for the one who got it wrong. */
  readonly expected: string
  /** The value of one text, or undefined where it is none. A path is taken from `folder` on. */
  read(text: string, folder?: string): T | undefined
  /** What JSON Schema can say of it in a configuration file; default: any text that is not empty. */
  readonly schema?: JsonForm
}

/** The part of JSON Schema that editors complete and check a configuration file by. */
export interface JsonForm {
  readonly type?: string | readonly string[]
  readonly enum?: readonly (string | boolean)[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
}

export const text: Form<string> = {
  expected: 'a text that is not empty',
  read: (value) => (value === '' ? undefined : value)
}

/** A blank at an end is a slip of quoting; a folder of that name would be made, and never found again. */
export const path: Form<string> = {
  expected: 'a path without blanks around it',
  read: (value, folder = '') => (value === '' || value !== value.trim() ? undefined : resolvedIn(folder, value))
}
function resolvedIn(folder: string, value: string): string {
  return folder === '' ? value : resolve(folder, value)
}

export function wholeNumber(from: number, to: number): Form<number> {
  return {
    expected: `a whole number from ${from} to ${to}`,
    schema: { type: 'integer', minimum: from, maximum: to },
    read(value) {
      const number = /^\d{1,15}$/.test(value) ? Number(value) : -1
      return number >= from && number <= to ? number : undefined
    }
  }
}

/** What is on once it is named: a flag without an argument. */
export const onOff: Form<boolean> = {
  expected: 'on or off',
  schema: { enum: [true, false, 'on', 'off'] },
  read: (value) =>
    new Map([
      ['on', true],
      ['true', true],
      ['off', false],
      ['false', false]
    ]).get(value)
}

export function oneOf<const W extends string>(...words: readonly W[]): Form<W> {
  const read = (value: string) => words.find((word) => word === value)
  return { expected: `one of ${words.join(', ')}`, schema: { enum: words }, read }
}

const SHARDS_MAX = 10_000
/** A StatefulSet tells its pods their names, which end in their number. */
export const shard: Form<{ readonly index: number; readonly count: number }> = {
  expected: 'i/n, such as 0/3 for the first of three, or with a pod’s name snapstand-0/3',
  schema: { type: 'string', pattern: '^([a-z0-9][a-z0-9.-]*-)?[0-9]{1,5}/[0-9]{1,5}$' },
  read(value) {
    const [, index = '', count = ''] = /^(?:[a-z0-9][a-z0-9.-]*-)?(\d{1,5})\/(\d{1,5})$/.exec(value) ?? []
    const one = { index: Number(index), count: Number(count) }
    return index !== '' && one.index < one.count && one.count <= SHARDS_MAX ? one : undefined
  }
}

const UNITS = new Map([
  ['', 1],
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3]
])
export const bytes: Form<number> = {
  expected: 'a number of bytes such as 1048576 or 64MiB',
  schema: { type: ['integer', 'string'], minimum: 0, pattern: '^[0-9]{1,12} ?(KiB|MiB|GiB)?$' },
  read(value) {
    const [, number = '', unit = ''] = /^(\d{1,12}) ?(|KiB|MiB|GiB)$/.exec(value) ?? []
    const factor = UNITS.get(unit)
    const size = number === '' || factor === undefined ? Number.NaN : Number(number) * factor
    return Number.isSafeInteger(size) ? size : undefined
  }
}

const HOUR_MS = 3_600_000
/** In milliseconds. */
export const shortDuration: Form<number> = {
  expected: 'a duration of at most an hour such as 5s or 500ms; a bare number is seconds',
  schema: { type: ['number', 'string'], minimum: 0, maximum: HOUR_MS / 1000, minLength: 1 },
  read(value) {
    const ms = durationMs(/^\d+(?:\.\d+)?$/.test(value) ? `${value}s` : value.replace(' ', ''), 0)
    return ms !== undefined && ms >= 0 && ms <= HOUR_MS ? ms : undefined
  }
}

export const address: Form<string> = {
  expected: 'an address such as 127.0.0.1 or ::1, or a name of this machine',
  read(value) {
    // As a URL has it, so that one can be copied from there.
    const [, inner = value] = /^\[(.+)\]$/.exec(value) ?? []
    return /^[^\s[\]/]+$/.test(inner) ? inner : undefined
  }
}

const NAME = /^\.?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?(?::\d{1,5})?$/
const IP_V6 = /^\[[0-9a-f:.]+\](?::\d{1,5})?$|^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/
/** A Host that is let in. `*` would let every page in the world in: who wants that has a token. */
export const hostName: Form<string> = {
  expected: 'a name such as snapstand, or .example.com for all below it; for any Host at all there is --control-token',
  read(value) {
    const name = value.toLowerCase()
    return NAME.test(name) || IP_V6.test(name) ? name : undefined
  }
}

/** What a certificate names: no port, and a star for one part of a name. */
export const certifiedName: Form<string> = {
  expected: 'a name or an address without a port, such as snapstand, *.example.com or 10.0.0.7',
  read(value) {
    const name = value.toLowerCase().replace(/^\[(.*)\]$/, '$1')
    const isName = /^(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/.test(name) && !/^[\d.]+$/.test(name)
    return isName || isIP(name) !== 0 ? name : undefined
  }
}

/** The page that is let in, in lower case; browsers leave out the port that the scheme has anyway. */
export const origin: Form<string> = {
  expected: 'an origin such as http://localhost:3000, null for pages without one, or * for all',
  read(value) {
    if (value === '*' || value === 'null') return value
    if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#\s@]+\/?$/i.test(value)) return undefined
    const page = value.toLowerCase().replace(/\/$/, '')
    return page.replace(/^(http:.*):80$/, '$1').replace(/^(https:.*):443$/, '$1')
  }
}

export const accessKey: Form<KeyEntry> = {
  expected: 'id:secret or id:secret:world; a secret that holds a colon can stand in the configuration file',
  read: readKey
}
export const bearer: Form<KeyEntry> = { expected: 'token:world', read: readBearer }
