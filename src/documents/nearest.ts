/** Longer ones are no slip of the pen, and the comparison costs their product. */
const LENGTH_MAX = 100

/**
 * The candidate that someone who wrote `name` most likely meant, or undefined if none is near. Letter case counts nothing;
 * swapped, missing, additional and wrong characters count one each. The first of equals wins.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length === 0 || name.length > LENGTH_MAX) return undefined
  const wanted = name.toLowerCase()
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(name.length * 0.4)) + 1
  for (const candidate of candidates) {
    const distance = distanceOf(wanted, candidate.toLowerCase())
    if (distance < bestDistance && isSlip(distance, Math.max(wanted.length, candidate.length))) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Of a name of which no more than half is left, nothing was meant; of two characters one is enough. */
function isSlip(distance: number, length: number): boolean {
  return length === 2 ? distance === 1 : 2 * distance < length
}

/** Edits between two words: insert, delete, replace, swap neighbours. */
function distanceOf(from: string, to: string): number {
  let before: number[] = []
  let above = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1]
      let cost = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    before = above
    above = row
  }
  return above[to.length] ?? 0
}
