import type { UpstreamReport } from '../compare/asking/upstream.ts'
import type { Report } from '../compare/report.ts'
import { type Paint, table } from './terminal.ts'

/** What a comparison found, for people. */
export function comparisonText(
  { cloud, calls, notPlayed, clockAheadMs, differences, settings }: Report,
  paint: Paint
): string {
  const lines = [`${cloud}: ${calls - notPlayed.length} of ${calls} calls played, ${counted(differences.length)}.`]
  for (const { call, reason } of notPlayed) lines.push(`Call ${call} was not played: ${reason}.`)
  if (clockAheadMs !== 0)
    lines.push(`The other clock was ahead by ${clockAheadMs / 1000} s: it was played at its time.`)
  const rows = differences.map(({ kind, operation, where, theirs, ours, calls: those, settings: named }) => [
    paint.bold(kind),
    operation,
    where,
    cut(theirs),
    cut(ours),
    `${those.slice(0, 3).join(', ')}${those.length > 3 ? ', …' : ''}`,
    named.join(', ')
  ])
  const heads = ['what', 'operation', 'where', 'there', 'here', 'calls', 'would go with']
  const found = rows.length === 0 ? '' : table(paint, heads, rows)
  const named = Object.entries(settings).map(([name, value]) => `  ${name}=${JSON.stringify(value)}\n`)
  const advice = named.length === 0 ? '' : `Settings that would make differences go:\n${named.join('')}`
  return `${lines.join('\n')}\n${found}${advice}`
}

/** The same with what the probes found out. */
export function upstreamText(report: UpstreamReport, paint: Paint): string {
  const rows = report.probes.flatMap(({ question, asks, there, here, isSame, decides, reason }) => [
    [isSame ? question : paint.yellow(question), paint.bold(asks), '', '', isSame ? '' : decides],
    ...Object.keys(there).map((name) => {
      const [theirs = '', ours = ''] = [there[name], here[name]]
      return ['', `  ${name}`, cut(theirs), theirs === ours ? paint.dim('the same') : cut(ours), '']
    }),
    ...(reason === undefined ? [] : [['', `  not to its end: ${reason}`, '', '', '']])
  ])
  const { calls, disks, gib } = report.spent
  const spent = `Spent: ${calls} calls, ${disks} disks, ${gib} GiB.\n`
  return `${table(paint, ['no', 'question', 'there', 'here', 'decides'], rows)}${spent}${comparisonText(report, paint)}`
}

function counted(differences: number): string {
  return differences === 1 ? '1 difference' : `${differences} differences`
}

const CELL_MAX = 48

function cut(text: string): string {
  return text.length > CELL_MAX ? `${text.slice(0, CELL_MAX - 1)}…` : text
}
