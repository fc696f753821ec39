import { readdir, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { bundle } from './bundle.ts'
import { warmUp } from './compiled-code.ts'
import { at, replaceFile } from './files.ts'
import { notices } from './notices.ts'

/** Everything of `dist` but the types. What an earlier build left there goes when all of this one is there. */
export async function writeProgram(): Promise<void> {
  const { script, all } = await bundle()
  const files = all.flatMap(({ outputFiles }) => outputFiles)
  for (const { path, contents } of files) await replaceFile(path, contents)
  await replaceFile(at('dist/THIRD-PARTY-NOTICES.txt'), await notices(all))
  const kept = await warmUp(script)
  const current = new Set([...files.map(({ path }) => path), ...kept].map((path) => basename(path)))
  for (const folder of ['dist', 'dist/page']) {
    for (const file of await readdir(at(folder))) {
      if (/\.(js|cjs|cache|starter|css|svg)$/.test(file) && !current.has(file)) await rm(at(folder, file))
    }
  }
}
