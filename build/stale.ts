import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { at, filesUnder, replaceFile } from './files.ts'

const STAMP = '.tmp/build-stamp'
const OUTPUTS = [
  'dist/cli.js',
  'dist/index.js',
  'dist/client.js',
  'dist/page/index.html',
  'dist/schemas/config.json',
  'dist/types/index.d.ts',
  'dist/types/client/index.d.ts',
  STAMP
]
const SINGLE_FILES = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']

/** Whether something that the build is made of has changed since. */
export async function isStale(): Promise<boolean> {
  if (!OUTPUTS.every((file) => existsSync(at(file)))) return true
  return (await readFile(at(STAMP), 'utf8')) !== (await sourcesHash())
}

/** Of everything that the build is made of, and of the Node that compiles for it. */
export async function sourcesHash(): Promise<string> {
  const entries = await Promise.all(['build', 'src', 'fixtures'].map(filesUnder))
  const hash = createHash('sha256').update(process.version)
  for (const file of [...SINGLE_FILES, ...entries.flat()].sort()) {
    hash.update(`${file}\0`).update(await readFile(at(file)))
  }
  return hash.digest('hex')
}

export async function stamp(hash: string): Promise<void> {
  await replaceFile(at(STAMP), hash)
}
