import type { Result } from '../measure/result.ts'
import type { Report } from './table.ts'

/** So much worse may be the weather. */
const TOLERANCE = 0.15

/** What became worse by its ratio than in another report; figures without a yardstick say too much of the machine. */
export function worsened(now: Pick<Report, 'results'>, before: Pick<Report, 'results'>): readonly string[] {
  const known = new Map(before.results.map((result) => [result.name, result]))
  return now.results.flatMap((result) => {
    const [ratio, kept] = [result.ratio, known.get(result.name)?.ratio]
    if (ratio === undefined || kept === undefined) return []
    const worse = worseBy(result, ratio, kept)
    if (worse <= TOLERANCE) return []
    return `${result.what}: ${ratio.toFixed(2)} ×, was ${kept.toFixed(2)} × (${Math.round(worse * 100)} % worse)`
  })
}

function worseBy({ better }: Result, now: number, before: number): number {
  return better === 'more' ? before / now - 1 : now / before - 1
}
