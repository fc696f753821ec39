/** A seeded source of choices: the same seed makes the same run. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number from 0 up to, but not including, `count`. */
  below(count: number): number
  chance(probability: number): boolean
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** Another source, which this one and a name determine. */
  fork(name: string): Random
}

/** The generator sfc32, begun with a number and a name. */
export function randomOf(seed: number, name = ''): Random {
  let [a, b, c, d] = [seed | 0, Math.floor(seed / 2 ** 32) | 0, hashOf(name), 1]
  const step = (): number => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  // The first numbers still show how small the seed is.
  for (let n = 0; n < 12; n++) step()
  const random: Random = {
    next: () => step() / 2 ** 32,
    below: (count) => Math.floor((step() / 2 ** 32) * count),
    chance: (probability) => step() / 2 ** 32 < probability,
    pick(list) {
      const at = random.below(list.length)
      for (const picked of list.slice(at, at + 1)) return picked
      throw new Error('there is nothing to pick from')
    },
    fork: (inner) => randomOf(step(), inner)
  }
  return random
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash | 0
}
