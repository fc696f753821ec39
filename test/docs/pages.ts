import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../program.ts'
import { type Page, readPage } from './page.ts'

/** Folders of pages whose blocks are all marked; what is generated and what is about the clouds shows other people’s. */
const FOLDERS = ['docs/tutorials', 'docs/how-to', 'docs/explanation']

/** Every page that is run, the README first. */
export function pagesToRun(): readonly Page[] {
  const held = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`)
  )
  return ['README.md', ...held.sort()].map(readPage)
}
