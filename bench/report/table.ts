import type { Machine } from '../measure/machine.ts'
import type { Curve, Result, Spread } from '../measure/result.ts'

/** All that a run found, as the JSON keeps it. */
export interface Report {
  readonly machine: Machine
  readonly results: readonly Result[]
  readonly curves: readonly Curve[]
}

/** The report in Markdown. */
export function tableOf({ machine, results, curves }: Report): string {
  const { at, processor, node, commit, load } = machine
  const head = `Taken ${at} UTC on ${processor}, Node ${node.slice(1)}, commit ${commit}, load before ${load}. Medians, least to most in brackets.`
  const rows = results.map(rowOf)
  const table =
    rows.length === 0
      ? []
      : ['| figure | here | beside it, in the same run | ratio | goal | |', '|---|--:|--:|--:|--:|---|', ...rows]
  return [head, '', ...table, ...curves.flatMap((curve) => ['', ...curveTable(curve)])].join('\n')
}

function rowOf(result: Result): string {
  const { what, unit, value, yardstick, ratio, goal } = result
  const beside = yardstick ? `${shown(yardstick.value)} ${unit} (${yardstick.what})` : ''
  const times = ratio === undefined ? '' : `${ratio.toFixed(2)} ×`
  const wanted = goal === undefined ? '' : `${goal}${ratio === undefined ? ` ${unit}` : ' ×'}`
  return `| ${what} | ${shown(value)} ${unit} | ${beside} | ${times} | ${wanted} | ${verdict(result)} |`
}

function verdict({ value, ratio, goal, better }: Result): string {
  if (goal === undefined) return ''
  const reached = ratio ?? value.median
  return (better === 'more' ? reached >= goal : reached <= goal) ? 'met' : 'missed'
}

function shown({ median, least, most }: Spread): string {
  return `${number(median)} (${number(least)}–${number(most)})`
}

function number(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 100 ? 0 : 1)
}

function curveTable({ title, x, y, lines }: Curve): readonly string[] {
  const all = [...new Set(lines.flatMap(({ points }) => points.map(([at]) => at)))].sort((one, other) => one - other)
  return [
    `**${title}** (${y})`,
    '',
    `| ${x} | ${all.map((at) => at.toLocaleString('en')).join(' | ')} |`,
    `|---|${all.map(() => '--:|').join('')}`,
    ...lines.map(({ name, points }) => {
      const values = new Map(points)
      const cells = all.map((at) => {
        const value = values.get(at)
        return value === undefined ? '' : number(value)
      })
      return `| ${name} | ${cells.join(' | ')} |`
    })
  ]
}
