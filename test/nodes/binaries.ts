import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../program.ts'

const exec = promisify(execFile)
/** Kept from run to run. */
export const NODES = join(ROOT, '.tmp/nodes')

/** The Node of a major version, from the npm package that brings its binary. */
export async function nodeBinary(major: number): Promise<string> {
  const folder = join(NODES, String(major))
  const binary = join(folder, 'node_modules/node/bin/node')
  if (!existsSync(binary)) {
    // The package's install script puts the binary of this platform in its place.
    await installInto(folder, { dependencies: { node: String(major) }, allowScripts: { node: true } })
  }
  return binary
}

/** A project of its own with what its manifest names. */
export async function installInto(folder: string, manifest: object): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', ...manifest }))
  await exec('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder })
}

/** An environment in which `node` is this one, and nothing sets a flag of ours. */
export function environmentOf(node: string): NodeJS.ProcessEnv {
  const path = [dirname(node), process.env.PATH].join(delimiter)
  return { HOME: process.env.HOME, XDG_CACHE_HOME: join(ROOT, '.tmp/cache'), PATH: path }
}
