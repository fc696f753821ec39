import { execFile } from 'node:child_process'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { codeFileOf } from '../src/cli/code-cache.ts'
import { at, root } from './files.ts'

const exec = promisify(execFile)

/**
 * Keeps beside the program the planted starter seed, and the compiled code of one run, and gives back the two files. The
 * code is for this machine and for the image, which are of one Node: the package leaves it out, and other Nodes make their
 * own (src/cli/code-cache.ts).
 */
export async function warmUp(script: string): Promise<readonly string[]> {
  const starter = script.replace(/\.cjs$/, '.starter')
  const cache = join(dirname(script), codeFileOf(basename(script)))
  const options = { cwd: root, timeout: 60_000 }
  try {
    await exec(process.execPath, [at('dist/cli.js'), 'starter', starter], options)
    await exec(process.execPath, [at('build/warm-up.ts'), script, cache], options)
  } catch (error) {
    console.warn(`The program has no compiled code beside it, so it starts more slowly: ${messageOf(error)}`)
  }
  return [starter, cache]
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
