// The package as npm packs it, on every Node that it is made for and on one that it is not; the tests of the core there.
//   node test/nodes/main.ts
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build, ROOT } from '../program.ts'
import { installInto, NODES, nodeBinary } from './binaries.ts'
import { runWith } from './installed.ts'
import { refusal } from './refusal.ts'
import { smoke } from './smoke.ts'
import { SUPPORTED, TOO_OLD } from './versions.ts'

const exec = promisify(execFile)
const SUITES = ['test/core/', 'test/time/']

await build()
// Not in this repository, for npx looks for a node in every folder above, and would find the one of node_modules here.
const project = await mkdtemp(join(tmpdir(), 'snapstand-nodes-'))
try {
  await installPackage()
  process.exitCode = (await reportOf(TOO_OLD, onOldNode)) ? 0 : 1
  for (const major of SUPPORTED) if (!(await reportOf(major, onSupportedNode))) process.exitCode = 1
} finally {
  await rm(project, { recursive: true })
}

/** What of vitest's report is read here. */
interface Report {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

/** One line, and below it what went wrong. */
async function reportOf(major: number, check: (node: string) => Promise<string>): Promise<boolean> {
  const began = performance.now()
  let name = `Node ${major}`
  try {
    const node = await nodeBinary(major)
    name = `Node ${(await exec(node, ['--version'])).stdout.trim().slice(1)}`
    const found = await check(node)
    console.log(`${name.padEnd(14)} passed: ${found} (${Math.round((performance.now() - began) / 1000)} s)`)
    return true
  } catch (error) {
    console.log(`${name.padEnd(14)} FAILED`)
    console.error(error instanceof Error ? error.message : error)
    return false
  }
}

async function onOldNode(node: string): Promise<string> {
  await refusal(node, project)
  return 'refused in one line by the command line, npx and the library'
}

async function onSupportedNode(node: string): Promise<string> {
  await smoke(node, project)
  const collections = await runWith(node, ROOT, node, ['--expose-gc', 'test/nodes/collections.ts'])
  assert.equal(collections.code, 0, `${collections.out}${collections.err}`)
  return `smoke test, ${collections.out.trim()}, ${await coreTests(node)} tests of the core`
}

/** How many passed. */
async function coreTests(node: string): Promise<number> {
  const report = join(NODES, 'report.json')
  await rm(report, { force: true })
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${report}`, ...SUITES]
  const { code, out, err } = await runWith(node, ROOT, node, vitest)
  assert.ok(existsSync(report), `${out}${err}`)
  const { numPassedTests, testResults }: Report = JSON.parse(await readFile(report, 'utf8'))
  const failed = testResults.flatMap(({ name, message, assertionResults }) => [
    ...(message === '' ? [] : [`${name}: ${message}`]),
    ...assertionResults.flatMap(({ status, fullName, failureMessages }) =>
      status === 'failed' ? [`${fullName}: ${failureMessages.join('\n')}`] : []
    )
  ])
  assert.ok(code === 0 && numPassedTests > 0, failed.join('\n') || `${out}${err}`)
  return numPassedTests
}

/** Packed and installed as a user does it. */
async function installPackage(): Promise<void> {
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', project]
  const { stdout } = await exec('npm', pack, { cwd: ROOT })
  const [packed] = Object.values<{ readonly filename: string }>(JSON.parse(stdout))
  await installInto(project, { dependencies: { snapstand: `file:${packed?.filename}` } })
}
