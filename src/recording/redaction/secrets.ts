import { base64Of, patternsOf, piecesOf, spelled } from '../../documents/hiding.ts'

/** What a name of a member, a parameter or a header says that its value is. */
export type Meaning = 'secret' | 'account' | undefined

// Tokens of idempotence and of paging are no secrets, and what they are like is to be compared.
const HARMLESS = /^(?:client|next|page|continuation)[-_]?token$|^x-zc-signature-method$|^signature-?method$/i
const SECRET =
  /secret|passw|passphrase|pwd$|^pass$|adminpass|signature|^sig$|authorization|^(?:x[-_])?(?:auth|jwt|otp|pin|bearer)$|cookie|credential|private[-_]?key|api[-_]?key|access[-_]?key|token|session[-_]?(?:id|key)$|^(?:x[-_])?session$|^[as]k$/i
const ACCOUNT =
  /^(?:account|user|owner|tenant|customer|creator|operator|payer|sub-?user|team|member|x-bce-account|x-bce-user)(?:[-_]?(?:ids?|uids?|names?|no))?s?$/i

export function meaningOf(name: string): Meaning {
  if (HARMLESS.test(name)) return undefined
  if (SECRET.test(name)) return 'secret'
  return ACCOUNT.test(name) ? 'account' : undefined
}

/** What must not be written, and what stands in its place. */
export interface Known {
  readonly text: string
  readonly instead: string
  readonly kind: 'secret' | 'word' | 'account' | 'host'
}

/** Words that are known to be secret, some of them from the start and some since a call brought them along. */
export interface Secrets {
  add(known: Known): void
  /** Those that are looked for: all that were known from the start, and the latest of the others. */
  readonly all: readonly Known[]
  /** How many there have ever been. */
  readonly count: number
  /** Those of `all` that have come since there were so many. */
  since(count: number): readonly Known[]
  /** Replaces each of them, in every form in which it may be written. */
  hide(text: string, count: (kind: Known['kind']) => void): string
}

/** More than a test run brings along. What is secret comes again soon, if at all: beyond it the earliest are given up. */
const LEARNED_MAX = 2000
/** Shorter ones are parts of many words. Who names a word with `--redact` means it wherever it stands. */
const LENGTH_MIN = 8

export function createSecrets(first: readonly Known[]): Secrets {
  const texts = new Set<string>()
  const isNew = ({ text }: Known) => text !== '' && !texts.has(text) && texts.add(text).size > 0
  const all = first.filter(isNew)
  const fixed = all.length
  let count = fixed
  let sought: readonly Sought[] | undefined
  return {
    add(known) {
      if (!isNew(known)) return
      count++
      all.push(known)
      if (all.length > fixed + LEARNED_MAX) for (const { text } of all.splice(fixed, 1)) texts.delete(text)
      sought = undefined
    },
    all,
    get count() {
      return count
    },
    since: (before) => all.slice(Math.max(before < fixed ? 0 : fixed, all.length - (count - before))),
    hide(text, tell) {
      // The longer first: one may be a part of another.
      sought ??= all.toSorted((one, other) => other.text.length - one.text.length).map(soughtFor)
      const readings = readingsOf(text)
      const length = Math.max(...readings.map((reading) => reading.length))
      return sought.reduce((rest, { isIn, shortest, pattern, known: { instead, kind } }) => {
        if (shortest > length || !isIn(readings)) return rest
        return rest.replace(pattern(), () => {
          tell(kind)
          return instead
        })
      }, text)
    }
  }
}

/** A pattern takes long to make and to match, so most texts are only asked whether they may hold a secret. */
interface Sought {
  readonly known: Known
  /** No text that is shorter holds it. */
  readonly shortest: number
  isIn(readings: readonly string[]): boolean
  pattern(): RegExp
}

function soughtFor(known: Known): Sought {
  const { text } = known
  const coded = text.length < LENGTH_MIN ? [] : [Buffer.from(text).toString('hex'), ...piecesOf(text).flatMap(base64Of)]
  const parts = [...new Set([...piecesOf(text).map(plainly), ...coded.map(plainly)])]
  let pattern: RegExp | undefined
  return {
    known,
    shortest: Math.min(...parts.map((part) => part.length)),
    isIn: (readings) => parts.some((part) => readings.some((reading) => reading.includes(part))),
    pattern() {
      pattern ??= patternOf(known)
      return pattern
    }
  }
}

/** A text as it stands, and as what is escaped in it is meant, percent-encoded once or twice. */
function readingsOf(text: string): readonly string[] {
  const plain = plainly(text)
  if (!/[%\\]/.test(text)) return [plain]
  const unescaped = text.replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => {
    return String.fromCharCode(Number.parseInt(digits, 16))
  })
  const decoded = ['%', '%(?:25)?'].map((mark) => {
    const run = new RegExp(`(?:${mark}[0-9a-f]{2})+`, 'gi')
    const bytes = (found: string) => Buffer.from(found.replace(new RegExp(`${mark}([0-9a-f]{2})`, 'gi'), '$1'), 'hex')
    return plainly(unescaped.replace(run, (found) => bytes(found).toString()))
  })
  return [...new Set([plain, plainly(unescaped), ...decoded])]
}

/** The same for all spellings that mean the same, but for what is encoded. */
function plainly(text: string): string {
  return text.replaceAll('\\', '').replaceAll('+', ' ').toLowerCase()
}

function patternOf({ text, kind }: Known): RegExp {
  // A number may be a part of any other.
  if (kind === 'account') return new RegExp(`(?<![a-z0-9])${spelled(text)}(?![a-z0-9])`, 'gi')
  const isShort = text.length < LENGTH_MIN
  const forms = isShort && kind !== 'secret' ? [spelled(text)] : patternsOf(text)
  const hex = isShort ? [] : [Buffer.from(text).toString('hex')]
  return new RegExp([...forms, ...hex].join('|'), 'gi')
}
