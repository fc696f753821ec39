import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const exec = promisify(execFile)
const LIMIT_MS = 300_000

/** What an example is run with: a copy of its folder, and the package as npm packs it. */
export interface Copy {
  readonly cwd: string
  readonly tarball: string
}

/** How an example is run. */
export interface Example {
  /** Programs without which it cannot be run on a machine. */
  readonly needs?: readonly string[]
  /** Runs it as its README says, and tells what passed. Throws what did not. */
  run(copy: Copy): Promise<string>
}

/** The package into a folder; what npm has in its cache is not asked for again. */
export async function npmInstall(cwd: string, tarball: string): Promise<void> {
  await command(cwd, 'npm', 'install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund', tarball)
}

/** A program to its end, and what it printed. Throws where it does not end well. */
export async function command(cwd: string, file: string, ...args: readonly string[]): Promise<string> {
  return (await exec(file, args, { cwd, timeout: LIMIT_MS, maxBuffer: 64 * 1024 ** 2 })).stdout
}
