/** How one flow of a client went. */
export interface Row {
  readonly flow: string
  readonly calls: number
  readonly passed: number
  readonly failed: number
}

/** How one client went. */
export interface Outcome {
  readonly client: string
  readonly version: string
  readonly rows: readonly Row[]
  readonly problems: readonly string[]
  /** Fields that were sent and not used, with how often. */
  readonly unused: ReadonlyMap<string, number>
  /** Why it was not driven. */
  readonly skipped?: string
}

const HEAD = ['client', 'version', 'flow', 'calls', 'passed', 'failed']

/** One line for each flow of each client. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = outcomes.flatMap(cellsOf)
  const widths = HEAD.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]) => {
    const cells = row.map((cell, at) => (at < 3 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
    return `| ${cells.join(' | ')} |`
  }
  return [line(HEAD), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n')
}

function cellsOf({ client, version, rows, skipped }: Outcome): readonly (readonly string[])[] {
  if (skipped !== undefined) return [[client, version, 'skipped', '-', '-', '-']]
  if (rows.length === 0) return [[client, version, 'not run', '-', '-', '1']]
  return rows.map(({ flow, ...counts }) => {
    const { calls, passed, failed } = counts
    return [client, version, flow, String(calls), String(passed), String(failed)]
  })
}

/** What the table has no room for. */
export function remarks(outcomes: readonly Outcome[]): readonly string[] {
  const ran = outcomes.filter(({ skipped }) => skipped === undefined)
  const unmatched = ran.flatMap(({ problems }) => problems.filter((problem) => problem.startsWith('unmatched')))
  return [
    ...outcomes.flatMap(({ client, skipped }) => (skipped === undefined ? [] : [`skipped: ${client}: ${skipped}`])),
    `unmatched requests: ${unmatched.length === 0 ? 'none' : unmatched.length}`,
    'fields that were sent and not used:',
    ...ran.map(({ client, unused }) => {
      const list = [...unused].sort(([a], [b]) => a.localeCompare(b)).map(([name, times]) => `${name} ×${times}`)
      return `  ${client}: ${list.join(', ') || 'none'}`
    })
  ]
}
