import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { at, replaceFile, root } from './files.ts'

const exec = promisify(execFile)

/** What editors check seeds and configuration files by, as the program that was just built tells it. */
export async function writeSchemas(): Promise<void> {
  for (const name of ['seed', 'config']) {
    const { stdout } = await exec(process.execPath, [at('dist/cli.js'), 'schema', name], { cwd: root })
    await replaceFile(at(`dist/schemas/${name}.json`), stdout)
  }
}
