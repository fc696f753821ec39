/** A line of two texts that are held against each other. */
export interface Line {
  readonly left: string | undefined
  readonly right: string | undefined
  readonly isSame: boolean
}

/** Line by line, lines that both have kept beside each other. */
export function linesOf(left: string, right: string): readonly Line[] {
  const [one, other] = [left.split('\n'), right.split('\n')]
  const common = commonLengths(one, other)
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < one.length || j < other.length) {
    const [here, there] = [one[i], other[j]]
    if (here !== undefined && here === there) {
      lines.push({ left: here, right: there, isSame: true })
      i++
      j++
      continue
    }
    const goLeft = common[i + 1]?.[j] ?? -1
    const goRight = common[i]?.[j + 1] ?? -1
    const goBoth = common[i + 1]?.[j + 1] ?? -1
    if (here !== undefined && there !== undefined && goBoth >= goLeft && goBoth >= goRight) {
      lines.push({ left: here, right: there, isSame: false })
      i++
      j++
    } else if (here !== undefined && (there === undefined || goLeft >= goRight)) {
      lines.push({ left: here, right: undefined, isSame: false })
      i++
    } else {
      lines.push({ left: undefined, right: there, isSame: false })
      j++
    }
  }
  return lines
}

/** How many lines the rests have in common, in order. */
function commonLengths(one: readonly string[], other: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0))
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      const row = table[i]
      if (!row) continue
      row[j] =
        one[i] === other[j] ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return table
}

/** Where two lines begin to differ, and where they are the same again at their ends. */
export function differingPart(line: string, other: string): readonly [begin: number, end: number] {
  let begin = 0
  while (begin < line.length && begin < other.length && line[begin] === other[begin]) begin++
  let tail = 0
  const most = Math.min(line.length, other.length) - begin
  while (tail < most && line[line.length - 1 - tail] === other[other.length - 1 - tail]) tail++
  return [begin, line.length - tail]
}
