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

/** The hint of the first guess that makes the signature which came. Guesses are made one by one, the likeliest first. */
export function hintOfGuess(
  guesses: Iterable<Guess>,
  sign: (key: string | Buffer, text: string) => string,
  given: string
): string | undefined {
  let left = BYTES_MAX
  for (const { key, text, hint, bytes = 0 } of guesses) {
    left -= text.length + bytes
    if (left < 0) return undefined
    if (sign(key, text) === given) return hint
  }
  return undefined
}
