/** Puts `***` in the place of what must not be told. */
export type Hide = (text: string) => string

/** Shorter ones are parts of many words: they are hidden where they stand for themselves. */
const LENGTH_MIN = 8
const MASK = '***'

/** Hides these texts in every form in which they may be written: as they are, percent-encoded, escaped in JSON, in base64. */
export function hiderOf(secrets: readonly string[]): Hide {
  const known = [...new Set(secrets)].filter((secret) => secret !== '')
  if (known.length === 0) return (text) => text
  // The longer first: one may be the beginning of another.
  const forms = known.toSorted((one, other) => other.length - one.length).flatMap(formsOf)
  const pattern = new RegExp(forms.join('|'), 'gi')
  return (text) => text.replace(pattern, MASK)
}

function formsOf(secret: string): readonly string[] {
  const spelled = Array.from(secret, spellingsOf).join('')
  if (secret.length < LENGTH_MIN) return [`(?<![a-z0-9])${spelled}(?![a-z0-9])`]
  return [spelled, ...base64Of(secret)]
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
function base64Of(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
      .toString('base64')
      .replace(/=+$/, '')
    // The first and the last digits also tell of what stands around it.
    const stable = text.slice(Math.ceil((before * 4) / 3), -1)
    return [stable, stable.replaceAll('+', '-').replaceAll('/', '_')].map(literal)
  })
}
