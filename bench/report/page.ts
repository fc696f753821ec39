import { type Report, tableOf } from './table.ts'

/** `docs/benchmarks.md`. */
export function pageOf(report: Report): string {
  const picture = report.curves.length > 0 ? '\n![How what is done grows with what is there](benchmarks.svg)\n' : ''
  return `# Benchmarks

Written by \`npm run bench -- --write\`; \`bench/README.md\` says how each figure is taken. Times are the machine's, ratios are
what can be compared.

${tableOf(report)}
${picture}
What the yardsticks do not do: the bare routes verify no signature, check no input, keep no totals, have two indexes where
Snapstand has ten, write no journal and roll nothing back; bare \`node:http\` only says \`ok\`; bare better-sqlite3 gets the rows
of the year made up before its watch starts. They are what the same machine, Node and libraries can do at the most, and not
what another emulator does: those are the peers.
`
}
