/** What may have been signed by mistake. */
export interface Guess {
  readonly key: string | Buffer
  readonly text: string
  /** How to say so. */
  readonly hint: string
  /** What else was hashed to make it, in bytes. */
  readonly bytes?: number
}

/** A refused call must not cost much more than a served one: of large requests only the likeliest mistakes are tried. */
const BYTES_MAX = 512 * 1024

/** Why a signature does not match, and what was signed instead, where a guess has found it. */
export interface Cause {
  readonly hint: string
  readonly clientCanonicalRequest?: string
}

/** The first guess that makes the signature which came. Guesses are made one by one, the likeliest first. */
export function guessOf(
  guesses: Iterable<Guess>,
  sign: (key: string | Buffer, text: string) => string,
  given: string
): Guess | undefined {
  let left = BYTES_MAX
  for (const guess of guesses) {
    const { key, text, bytes = 0 } = guess
    left -= text.length + bytes
    if (left < 0) return undefined
    if (sign(key, text) === given) return guess
  }
  return undefined
}

/** What a guess says: its hint, and its text where that is another than the server’s. */
export function causeOf({ hint, text }: Guess, canonicalRequest: string): Cause {
  return text === canonicalRequest ? { hint } : { hint, clientCanonicalRequest: text }
}
