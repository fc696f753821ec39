/** What several rounds gave. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

export type Unit = 'µs' | 'ms' | 'MiB' | '1/s'

/** One line of the table. */
export interface Result {
  /** As the kept JSON knows it: `create`, `page`. */
  readonly name: string
  readonly what: string
  readonly unit: Unit
  readonly value: Spread
  /** What it stands beside in the same run, and how many times as much it is: only that is compared. */
  readonly yardstick?: { readonly what: string; readonly value: Spread }
  readonly ratio?: number
  /** Of the ratio; of the value, where it stands alone. */
  readonly goal?: number | undefined
  /** Default: less. */
  readonly better?: 'more'
}

/** Lines that belong together, drawn as one picture. */
export interface Curve {
  readonly title: string
  readonly x: string
  readonly y: string
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] }[]
}

export interface Outcome {
  readonly results: readonly Result[]
  readonly curves?: readonly Curve[]
}

export interface Figure {
  readonly name: string
  readonly about: string
  run(effort: Effort): Promise<Outcome>
}

/** How long it may take: `quick` shows that it works, and says nothing. */
export interface Effort {
  readonly rounds: number
  readonly calls: number
  readonly quick: boolean
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1)
  const median = middle.reduce((sum, each) => sum + each, 0) / middle.length
  return { median, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN }
}

/** A figure beside its yardstick. */
export function beside(
  line: Omit<Result, 'value' | 'yardstick' | 'ratio'>,
  values: readonly number[],
  what: string,
  others: readonly number[]
): Result {
  const [value, yardstick] = [spreadOf(values), spreadOf(others)]
  return { ...line, value, yardstick: { what, value: yardstick }, ratio: value.median / yardstick.median }
}
