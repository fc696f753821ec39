import { createRequire } from 'node:module'

/** Set by the build, which puts the engine beside the program; from source it is the package. */
declare const PATTERN_ENGINE: string | undefined

/** RE2 in linear time: the built-in RegExp would let `(a+)+$` hang every world. Loaded with the first pattern. */
function re2(): typeof import('re2js') {
  // Node keeps what was required once.
  return createRequire(import.meta.url)(typeof PATTERN_ENGINE === 'string' ? PATTERN_ENGINE : 're2js')
}

/** A pattern that would hold everybody up: its program is too large, or matching it takes too long. */
export class PatternRefused extends Error {}

/** Instructions of the compiled program: each may be tried at each character of each name. Usual ones have a dozen. */
const SIZE_MAX = 500
/** Processor time that matching may take while one call is served; usual patterns see half a million names in that time. */
const MATCHING_MS_MAX = 50

/** Whether a text is a pattern that the engine takes. Throws `PatternRefused`. */
export function isPattern(text: string): boolean {
  try {
    compiled(text)
    return true
  } catch (error) {
    if (error instanceof PatternRefused) throw error
    return false
  }
}

function compiled(pattern: string) {
  const program = re2().RE2JS.compile(pattern)
  const size = program.programSize()
  if (size <= SIZE_MAX) return program
  throw new PatternRefused(`its program has ${size} instructions, and ${SIZE_MAX} is the most`)
}

/** Searches for patterns anywhere in names, on behalf of one call after the other. */
export interface Search {
  /** Throws `PatternRefused` when matching has taken too long since `begin`. */
  matches(pattern: string, name: string): boolean
  begin(): void
}

/** The last pattern is kept compiled. */
export function createSearch(): Search {
  let last: { readonly pattern: string; readonly isIn: (name: string) => boolean } | undefined
  let spentMs = 0
  /** The processor's time at the first match of the call: on a busy machine more time goes by than was worked. */
  let begun: NodeJS.CpuUsage | undefined
  const workedMs = () => {
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  }
  return {
    matches(pattern, name) {
      const startedAt = performance.now()
      begun ??= process.cpuUsage()
      if (last?.pattern !== pattern) {
        const program = compiled(pattern)
        last = { pattern, isIn: (text) => program.matcher(text).find() }
      }
      const found = last.isIn(name)
      spentMs += performance.now() - startedAt
      if (spentMs > MATCHING_MS_MAX && workedMs() > MATCHING_MS_MAX) {
        throw new PatternRefused(`matching it against the names takes longer than ${MATCHING_MS_MAX} ms`)
      }
      return found
    },
    begin() {
      spentMs = 0
      begun = undefined
    }
  }
}
