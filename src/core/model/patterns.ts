import { createRequire } from 'node:module'

/** Set by the build, which puts the engine beside the program; from source it is the package. */
declare const PATTERN_ENGINE: string | undefined

/** RE2 in linear time: the built-in RegExp would let `(a+)+$` hang every world. Loaded with the first pattern. */
function re2(): typeof import('re2js') {
  // Node keeps what was required once.
  return createRequire(import.meta.url)(typeof PATTERN_ENGINE === 'string' ? PATTERN_ENGINE : 're2js')
}

/** Whether a text is a pattern that the engine takes. */
export function isPattern(text: string): boolean {
  try {
    re2().RE2JS.compile(text)
    return true
  } catch {
    return false
  }
}

/** Searches for a pattern anywhere in a name. The last pattern is kept compiled. */
export function createSearch(): (pattern: string, name: string) => boolean {
  let last: { readonly pattern: string; readonly isIn: (name: string) => boolean } | undefined
  return (pattern, name) => {
    if (last?.pattern !== pattern) {
      const compiled = re2().RE2JS.compile(pattern)
      last = { pattern, isIn: (text) => compiled.matcher(text).find() }
    }
    return last.isIn(name)
  }
}
