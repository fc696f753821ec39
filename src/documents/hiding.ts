/** Puts `***` in the place of what must not be told. */
export type Hide = (text: string) => string

/** Shorter ones are parts of many words: they are hidden where they stand for themselves. */
const LENGTH_MIN = 8
const MASK = '***'

/** Hides these texts in every form in which they may be written: as they are, percent-encoded, escaped in JSON, in base64. */
export function hiderOf(secrets: readonly string[]): Hide {
  return maskOf(known(secrets).flatMap(patternsOf))
}

/**
 * Hides what a request itself brought along as a secret, of whatever length and number: so that this costs no more than
 * the rest of the call, a long one is known by its beginning and hidden to its end, and only the first are known in every form.
 */
export function hiderOfOwn(secrets: readonly string[]): Hide {
  const [first, others] = [known(secrets).slice(0, OWN_MAX), known(secrets).slice(OWN_MAX)]
  return maskOf([
    ...first.flatMap((secret) => formsOf(secret.slice(0, BEGINNING)).map((form) => form + restOf(secret))),
    ...others.map((secret) => plainForm(secret.slice(0, BEGINNING)) + restOf(secret))
  ])
}
const OWN_MAX = 2
const BEGINNING = 24

/** Tokens have none of these characters, so that what follows a token remains. */
function restOf(secret: string): string {
  return secret.length > BEGINNING ? `[^\\s"'&;,]*` : ''
}

/** The longer first: one may be the beginning of another. */
function known(secrets: readonly string[]): readonly string[] {
  const given = [...new Set(secrets)].filter((secret) => secret !== '')
  return given.toSorted((one, other) => other.length - one.length)
}

/** There is a limit to the size of a pattern. */
const PATTERN_MAX = 64 * 1024
const PIECE_MAX = 256

function maskOf(forms: readonly string[]): Hide {
  if (forms.length === 0) return (text) => text
  const groups: string[][] = [[]]
  let room = PATTERN_MAX
  for (const form of forms) {
    room -= form.length
    if (room < 0) {
      groups.push([])
      room = PATTERN_MAX - form.length
    }
    groups.at(-1)?.push(form)
  }
  const patterns = groups.map((group) => new RegExp(group.join('|'), 'gi'))
  return (text) => patterns.reduce((rest, pattern) => rest.replace(pattern, MASK), text)
}

/** Pieces of a length that a pattern can have, about as long as each other, so that none is short. */
export function piecesOf(secret: string): readonly string[] {
  const count = Math.ceil(secret.length / PIECE_MAX)
  const length = Math.ceil(secret.length / count)
  return Array.from({ length: count }, (_, index) => secret.slice(index * length, (index + 1) * length))
}

/** Every form in which a secret may be written, as patterns to be used without regard to case. */
export function patternsOf(secret: string): readonly string[] {
  return piecesOf(secret).flatMap(formsOf)
}

function formsOf(secret: string): readonly string[] {
  return secret.length < LENGTH_MIN ? [alone(spelled(secret))] : [spelled(secret), ...base64Of(secret).map(literal)]
}

/** The pattern of a word wherever it stands, as it is, percent-encoded or escaped in JSON. */
export function spelled(word: string): string {
  return Array.from(word, spellingsOf).join('')
}

function plainForm(secret: string): string {
  return secret.length < LENGTH_MIN ? alone(literal(secret)) : literal(secret)
}

function alone(form: string): string {
  return `(?<![a-z0-9])${form}(?![a-z0-9])`
}

/** One character, as it may stand in a text, a url (encoded once or twice) or a JSON document. */
function spellingsOf(character: string): string {
  const percent = Array.from(Buffer.from(character), (byte) => `%(?:25)?${hex(byte, 2)}`).join('')
  const units = Array.from({ length: character.length }, (_, index) => `\\\\u${hex(character.charCodeAt(index), 4)}`)
  const blank = character === ' ' ? '|\\+' : ''
  return `(?:\\\\?${literal(character)}|${percent}|${units.join('')}${blank})`
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

function literal(text: string): string {
  return text.replace(/[^\w]/gu, (character) => `\\u${hex(character.charCodeAt(0), 4)}${rest(character)}`)
}
function rest(character: string): string {
  return character.length > 1 ? `\\u${hex(character.charCodeAt(1), 4)}` : ''
}

/** What stays the same of a secret's base64, wherever in a longer text it begins. */
export function base64Of(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
      .toString('base64')
      .replace(/=+$/, '')
    // The first and the last digits also tell of what stands around it.
    const stable = text.slice(Math.ceil((before * 4) / 3), -1)
    return [stable, stable.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
