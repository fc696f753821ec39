import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const exec = promisify(execFile)
const LIMIT_MS = 300_000

/** What an example is run with: a copy of its folder, and the package as npm packs it. */
export interface Copy {
  readonly cwd: string
  readonly tarball: string
}
export interface Example {
  /** Programs without which it cannot be run on a machine. */
  readonly needs?: readonly string[]
  /** Runs it as its README says, and tells what passed. Throws what did not. */
  run(copy: Copy): Promise<string>
}

/** Every folder of examples/, by its name. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  node: { run: npmTest }
}

/** `npm install` with the package, then `npm test`, whose reporter counts what passed. */
async function npmTest({ cwd, tarball }: Copy): Promise<string> {
  // What npm has in its cache is not asked for again.
  await command(cwd, 'npm', 'install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund', tarball)
  const stdout = await command(cwd, 'npm', 'test')
  const [, passed = '0'] = /^ℹ pass (\d+)$/m.exec(stdout) ?? []
  if (passed === '0') throw new Error(`no test ran:\n${stdout}`)
  return `${passed} passed`
}

/** A program to its end, and what it printed. Throws where it does not end well. */
export async function command(cwd: string, file: string, ...args: readonly string[]): Promise<string> {
  return (await exec(file, args, { cwd, timeout: LIMIT_MS, maxBuffer: 64 * 1024 ** 2 })).stdout
}
