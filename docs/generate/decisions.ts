import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { madeFrom, page } from './markdown.ts'

/** The decisions, by their headings. */
export async function decisionsPage(root: string): Promise<string> {
  const folder = join(root, 'docs/decisions')
  const files = (await readdir(folder)).filter((name) => /^\d+-.*\.md$/.test(name)).sort()
  const lines = await Promise.all(
    files.map(async (name) => {
      const [, title = name] = /^# (.+)$/m.exec(await readFile(join(folder, name), 'utf8')) ?? []
      return `- [${title}](${name})`
    })
  )
  return page('Decisions', madeFrom('the headings of the pages'), 'Why some things are as they are.', lines.join('\n'))
}
