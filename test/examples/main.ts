// The examples, against the package as npm packs it: each is copied, given the package, and run as its README says.
//   node test/examples/main.ts
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build, ROOT } from '../program.ts'

const exec = promisify(execFile)
const LIMIT_MS = 300_000

await build()
// Not in this repository, where an example would find what is installed here.
const folder = await mkdtemp(join(tmpdir(), 'snapstand-examples-'))
try {
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const [packed] = Object.values<{ readonly filename: string }>(
    JSON.parse((await exec('npm', pack, { cwd: ROOT })).stdout)
  )
  const tarball = join(folder, packed?.filename ?? '')
  for (const name of await readdir(join(ROOT, 'examples'))) await runExample(name, tarball)
} finally {
  await rm(folder, { recursive: true })
}

async function runExample(name: string, tarball: string): Promise<void> {
  const began = performance.now()
  const cwd = join(folder, name)
  await cp(join(ROOT, 'examples', name), cwd, { recursive: true })
  // What npm has in its cache is not asked for again.
  const install = ['install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', tarball]
  try {
    await exec('npm', install, { cwd, timeout: LIMIT_MS })
    const { stdout } = await exec('npm', ['test'], { cwd, timeout: LIMIT_MS })
    const [, passed = '0'] = /^ℹ pass (\d+)$/m.exec(stdout) ?? []
    if (passed === '0') throw new Error(`no test ran:\n${stdout}`)
    console.log(`examples/${name}: ${passed} passed (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  } catch (error) {
    console.error(`examples/${name} failed`)
    console.error(error)
    process.exitCode = 1
  }
}
