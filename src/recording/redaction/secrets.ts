import { patternsOf, spelled } from '../../documents/hiding.ts'

/** What a name of a member, a parameter or a header says that its value is. */
export type Meaning = 'secret' | 'account' | undefined

// Tokens of idempotence and of paging are no secrets, and what they are like is to be compared.
const HARMLESS = /^(?:client|next|page|continuation)[-_]?token$|^x-zc-signature-method$|^signature-?method$/i
const SECRET =
  /secret|passw|passphrase|^pwd$|adminpass|signature|authorization|cookie|credential|private[-_]?key|api[-_]?key|access[-_]?key|token|^[as]k$/i
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
  readonly all: readonly Known[]
  /** Replaces each of them, in every form in which it may be written. */
  hide(text: string, count: (kind: Known['kind']) => void): string
}

/** More than a test run brings along; beyond it the earliest of those that calls brought are enough. */
const LEARNED_MAX = 2000
/** Shorter ones are parts of many words. Who names a word with `--redact` means it wherever it stands. */
const LENGTH_MIN = 8

export function createSecrets(first: readonly Known[]): Secrets {
  const all: Known[] = []
  const texts = new Set<string>()
  let patterns: readonly (readonly [RegExp, Known])[] | undefined
  const add = (known: Known) => {
    if (known.text === '' || texts.has(known.text) || all.length >= LEARNED_MAX) return
    texts.add(known.text)
    all.push(known)
    patterns = undefined
  }
  for (const known of first) add(known)
  return {
    add,
    all,
    hide(text, count) {
      // The longer first: one may be a part of another.
      patterns ??= all.toSorted((one, other) => other.text.length - one.text.length).map(withPattern)
      return patterns.reduce(
        (rest, [pattern, { instead, kind }]) =>
          rest.replace(pattern, () => {
            count(kind)
            return instead
          }),
        text
      )
    }
  }
}

function withPattern(known: Known): readonly [RegExp, Known] {
  const { text, kind } = known
  // A number may be a part of any other.
  if (kind === 'account') return [new RegExp(`(?<![a-z0-9])${spelled(text)}(?![a-z0-9])`, 'gi'), known]
  const isShort = text.length < LENGTH_MIN
  const forms = isShort && kind !== 'secret' ? [spelled(text)] : patternsOf(text)
  const hex = isShort ? [] : [Buffer.from(text).toString('hex')]
  return [new RegExp([...forms, ...hex].join('|'), 'gi'), known]
}
