// Figures, each beside a yardstick in the same run: a table in Markdown, and JSON.
//   npm run bench [-- NAMES] [--quick] [--json FILE] [--check FILE] [--write]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { creates, pages, policies } from './figures/calls.ts'
import { files } from './figures/files.ts'
import { growth, patterns } from './figures/growth.ts'
import { peers } from './figures/peers.ts'
import { rest, start } from './figures/start.ts'
import { year } from './figures/year.ts'
import { machineNow } from './measure/machine.ts'
import type { Curve, Effort, Figure, Result } from './measure/result.ts'
import { worsened } from './report/compare.ts'
import { pageOf } from './report/page.ts'
import { pictureOf } from './report/picture.ts'
import { type Report, tableOf } from './report/table.ts'

const FIGURES: readonly Figure[] = [creates, pages, policies, start, rest, year, patterns, files, peers, growth]
/** Those that are compared with the kept ones: the others say nothing in ratios. */
const COMPARED = ['create', 'page', 'asp', 'start', 'year', 'files']
const KEPT = 'bench/kept.json'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: '.tmp/bench.json' },
    check: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
})
const unknown = positionals.filter((name) => !FIGURES.some((figure) => figure.name === name))
if (values.help || unknown.length > 0) {
  const known = FIGURES.map(({ name, about }) => `  ${name.padEnd(8)} ${about}`).join('\n')
  if (unknown.length > 0) console.error(`There is no figure ${unknown.join(', ')}.`)
  console.log(`npm run bench [-- NAMES] [--quick] [--json FILE] [--check FILE] [--write]\n${known}`)
  process.exit(unknown.length > 0 ? 2 : 0)
}

const effort: Effort = values.quick
  ? { rounds: 1, calls: 200, quick: true }
  : { rounds: values.check === undefined ? 9 : 5, calls: 4000, quick: false }
const wanted = positionals.length > 0 ? positionals : values.check === undefined ? undefined : COMPARED
const machine = machineNow()
const results: Result[] = []
const curves: Curve[] = []
for (const figure of FIGURES) {
  if (wanted && !wanted.includes(figure.name)) continue
  console.error(`${figure.name}: ${figure.about}`)
  try {
    const outcome = await figure.run(effort)
    results.push(...outcome.results)
    curves.push(...(outcome.curves ?? []))
  } catch (error) {
    console.error(error)
    process.exitCode = 1
  }
}
const report: Report = { machine, results, curves }
mkdirSync(dirname(values.json), { recursive: true })
writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
console.log(tableOf(report))

if (values.check !== undefined) {
  const worse = worsened(report, JSON.parse(readFileSync(values.check, 'utf8')))
  console.log(worse.length === 0 ? '\nNothing is more than 15 % worse than it was.' : `\nWorse:\n${worse.join('\n')}`)
}
if (values.write) {
  writeFileSync(KEPT, `${JSON.stringify(report, null, 2)}\n`)
  writeFileSync('docs/benchmarks.md', pageOf(report))
  if (curves.length > 0) writeFileSync('docs/benchmarks.svg', pictureOf(curves))
}
