import { HIDDEN } from '../../providers/recorded.ts'
import { createNames, type Names } from './names.ts'
import { createSecrets, type Known, meaningOf, type Secrets } from './secrets.ts'
import { isJson, rewriteJson } from './tokens.ts'

export interface RedactorOptions {
  /** Known from the start. */
  readonly known: readonly Known[]
  /** What the ids of the cloud look like. */
  readonly ids: readonly RegExp[]
}

/** Replaces what must not be told, the same thing by the same name wherever it comes. */
export interface Redactor {
  readonly names: Names
  readonly secrets: Secrets
  /** Of a body, or any other text. */
  text(text: string): string
  /** Of what has a name: a member, a parameter, a header. */
  named(name: string, value: string): string
  /** The target of a request line. */
  url(url: string): string
  /** `a=1&b=2`, percent-encoded. */
  parameters(query: string): string
}

/** One deep in the other there may be so many: JSON in a text of JSON, base64 in it, and so on. */
const DEPTH_MAX = 12
/** Values that are this short are no secrets, whatever their names are. */
const LEARNED_MIN = 6

// Each begins where a word does, and has an end: a long word is not looked at from each of its letters.
const EMAIL = /(?<![\w.+-])(?<!:\/\/)[\w.+-]{1,128}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/
const UUID = /(?<![0-9a-z])T?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z])/
const V4 = /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]*\w)/
const V6 =
  /(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?(?![\w:])/
/** `token=…`, `password: …` within a text, as in a URL or a header. */
const ASSIGNED = /(?<![\w-])([\w-]{2,64})("?\s{0,2}=\s{0,2}["']?|"?:\s{1,2}["']?)([^&?\s"',;=]{4,})/
/** A member of what is no JSON: a part of it, several after each other, JSON within quotes. */
const QUOTED = /"([\w-]{2,64})"(\s{0,2}:\s{0,2})"((?:[^"\\]|\\.)+)"/
/** Secrets by their own form: a token of three parts, a scheme of HTTP, a private key, credentials in a URL. */
const TELLING =
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]+\.[\w-]+|(?<=(?<!\w)(?:Basic|Bearer) )(?=\S*[\d=])[\w+/=.~-]{6,}|(?<=-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)[^-]+|(?<=:\/\/)[^\s/@:]{1,128}:[^\s/@]{1,256}(?=@)/
/** What stands for something already is no secret itself. */
const REPLACED = /REDACTED|^(?:redacted|account)-\d+$/
const BASE64 = /[A-Za-z0-9+/_-]{16,}={0,2}/g
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function createRedactor({ known, ids }: RedactorOptions): Redactor {
  const names = createNames()
  const secrets = createSecrets(known)
  const rules = [
    rule(TELLING, ([secret]) => named('secret', secret, 0)),
    rule(QUOTED, ([, name = '', mark = '', value = '']) => {
      return isSecret(name) ? `"${name}"${mark}"${named(name, value, 0)}"` : undefined
    }),
    rule(ASSIGNED, ([, name = '', mark = '', value = '']) => {
      return isSecret(name) ? `${name}${mark}${named(name, value, 0)}` : undefined
    }),
    rule(EMAIL, ([address]) => names.email(address)),
    rule(UUID, ([id]) => (/^T/i.test(id) ? `${id[0]}${names.id(id.slice(1))}` : names.id(id))),
    ...ids.map((pattern) =>
      rule(pattern, ([whole], { id = '' }) => whole.replace(id, () => names.id(id, whole.slice(0, whole.indexOf(id)))))
    ),
    rule(V4, ([address]) => names.address(address)),
    rule(V6, ([address]) => (address.length > 2 ? names.address(address) : undefined))
  ]

  function text(before: string, depth: number): string {
    if (depth > DEPTH_MAX || before === '') return before
    if (isJson(before)) return json(before, depth + 1)
    const opened = before.replace(BASE64, (run) => inBase64(run, depth + 1))
    const hidden = secrets.hide(opened, names.count)
    return rules.reduce((rest, apply) => apply(rest), hidden)
  }

  function json(before: string, depth: number): string {
    return rewriteJson(before, {
      name: (name) => text(name, depth),
      // What a secret holds is secret, whatever its own name.
      text: (value, name, above) => named(above.find(isSecret) ?? name, value, depth),
      literal: (literal, name) => (/^-?\d/.test(literal) ? number(literal, name) : literal)
    })
  }

  function number(digits: string, name: string): string {
    const meaning = meaningOf(name)
    if (meaning === 'account') return account(digits, 0)
    if (meaning === 'secret') return named(name, digits, 0) === HIDDEN ? '0' : digits
    const after = text(digits, 0)
    return /^-?\d+$/.test(after) || after === digits ? after : JSON.stringify(after)
  }

  function named(name: string, value: string, depth: number): string {
    const meaning = meaningOf(name)
    if (meaning === undefined || value === '') return text(value, depth)
    if (meaning === 'account') return account(value, depth)
    if (value !== HIDDEN) {
      names.count('secret')
      if (value.length >= LEARNED_MIN && !REPLACED.test(value))
        secrets.add({ text: value, instead: HIDDEN, kind: 'secret' })
    }
    return HIDDEN
  }

  /** What looks like an id is renamed as one, wherever it stands; of all others it is remembered that they are accounts. */
  function account(value: string, depth: number): string {
    const byShape = text(value, depth)
    if (byShape !== value || REPLACED.test(value)) return byShape
    const instead = names.account(value)
    if (value.length >= LEARNED_MIN) secrets.add({ text: value, instead, kind: 'account' })
    return instead
  }

  /** The same run, unless what it stands for is a text with something in it. */
  function inBase64(run: string, depth: number): string {
    const isUrl = /[-_]/.test(run)
    const bytes = Buffer.from(run, isUrl ? 'base64url' : 'base64')
    if (isPacked(bytes)) return named('secret', run, 0)
    const inner = textIn(bytes)
    if (inner === undefined) return run
    const after = text(inner, depth)
    if (after === inner) return run
    const coded = Buffer.from(after).toString(isUrl ? 'base64url' : 'base64')
    return run.endsWith('=') || isUrl ? coded : coded.replace(/=+$/, '')
  }

  function parameters(query: string): string {
    const pairs = query.split('&').map((pair) => {
      const mark = pair.indexOf('=')
      const key = mark === -1 ? pair : pair.slice(0, mark)
      const name = again(key, (plain) => text(plain, 0))
      return mark === -1 ? name : `${name}=${again(pair.slice(mark + 1), (plain) => named(decoded(key), plain, 0))}`
    })
    return pairs.join('&')
  }

  return {
    names,
    secrets,
    text: (before) => text(before, 0),
    named: (name, value) => named(name, value, 0),
    parameters,
    url(url) {
      const mark = url.indexOf('?')
      const path = (mark === -1 ? url : url.slice(0, mark))
        .split('/')
        .map((segment) => again(segment, (plain) => text(plain, 0)))
        .join('/')
      return mark === -1 ? path : `${path}?${parameters(url.slice(mark + 1))}`
    }
  }
}

function isSecret(name: string): boolean {
  return meaningOf(name) === 'secret'
}

/** What is packed by a program, as user data may be, cannot be looked through: gzip, zstd, xz, zip. */
export function isPacked(bytes: Buffer): boolean {
  return PACKED.some((beginning) => bytes.subarray(0, beginning.length).equals(beginning))
}
const PACKED = ['1f8b08', '28b52ffd', 'fd377a585a00', '504b0304'].map((digits) => Buffer.from(digits, 'hex'))

type Groups = Readonly<Record<string, string>>

/** undefined: left as it is. */
function rule(pattern: RegExp, make: (found: readonly string[] & { 0: string }, groups: Groups) => string | undefined) {
  const everywhere = new RegExp(pattern.source, 'gi')
  return (text: string) =>
    text.replace(everywhere, (found: string, ...rest: unknown[]) => {
      const groups = rest.at(-1)
      const parts = rest.slice(0, 4).map((part) => (typeof part === 'string' ? part : ''))
      return make([found, ...parts], isGroups(groups) ? groups : {}) ?? found
    })
}

function isGroups(value: unknown): value is Groups {
  return typeof value === 'object' && value !== null
}

/** A percent-encoded text, changed as it is meant; one in which nothing changes stays as it was spelled. */
function again(encoded: string, change: (plain: string) => string): string {
  const plain = decoded(encoded)
  const after = change(plain)
  return after === plain ? encoded : encodeURIComponent(after)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** undefined: bytes that are no text. */
function textIn(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
