// Writes into the pages what their blocks print now, where it is another thing than they show:
//   npm run docs:answers [-- PAGE…]
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, ROOT } from '../program.ts'
import { pagesToRun } from './pages.ts'
import { runPage } from './run-page.ts'

const wanted = process.argv.slice(2)
await build()
for (const page of pagesToRun().filter(({ path }) => wanted.length === 0 || wanted.includes(path))) {
  try {
    const { ran, compared, stale } = await runPage(page)
    let text = readFileSync(join(ROOT, page.path), 'utf8')
    for (const { block, printed } of stale.toReversed()) {
      text = `${text.slice(0, block.from)}${printed.trimEnd()}\n${text.slice(block.to)}`
    }
    if (stale.length > 0) writeFileSync(join(ROOT, page.path), text)
    console.log(`${page.path}: ${ran} blocks ran, ${compared} answers, ${stale.length} of them written anew`)
  } catch (error) {
    console.error(error)
    process.exitCode = 1
  }
}
