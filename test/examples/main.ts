// The examples, against the package as npm packs it: each is copied, and run as its README says.
//   node test/examples/main.ts [name…]
import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, ROOT } from '../program.ts'
import { command } from './commands.ts'
import { EXAMPLES } from './rows.ts'

const AT_ONCE = 2

const wanted = process.argv.slice(2)
const entries = await readdir(join(ROOT, 'examples'), { withFileTypes: true })
const folders = entries.flatMap((entry) => (entry.isDirectory() ? entry.name : []))
const unknown = wanted.find((name) => !folders.includes(name))
if (unknown !== undefined) {
  console.error(`no example ${unknown}; there are ${folders.join(', ')}`)
  process.exit(2)
}

await build()
// Not in this repository, where an example would find what is installed here.
const folder = await mkdtemp(join(tmpdir(), 'snapstand-examples-'))
try {
  const pack = await command(ROOT, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder)
  const [packed] = Object.values<{ readonly filename: string }>(JSON.parse(pack))
  const tarball = join(folder, packed?.filename ?? '')
  // Most of them wait for downloads most of the time.
  const queue = wanted.length > 0 ? [...wanted] : [...folders]
  const runInTurn = async (): Promise<void> => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) await runExample(name, tarball)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, runInTurn))
} finally {
  await rm(folder, { recursive: true })
}

/** One line, and below it what went wrong. */
async function runExample(name: string, tarball: string): Promise<void> {
  const began = performance.now()
  try {
    const example = EXAMPLES[name]
    if (!example) throw new Error(`examples/${name} has no row in test/examples/rows.ts`)
    const lacking = example.needs?.find((program) => !isThere(program))
    if (lacking !== undefined) {
      console.log(`examples/${name}: skipped, there is no ${lacking}`)
      return
    }
    const cwd = join(folder, name)
    await cp(join(ROOT, 'examples', name), cwd, { recursive: true })
    const told = await example.run({ cwd, tarball })
    console.log(`examples/${name}: ${told} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  } catch (error) {
    console.error(`examples/${name} failed`)
    console.error(error)
    process.exitCode = 1
  }
}

function isThere(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$0"', program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
