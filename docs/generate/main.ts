// Writes the pages that are generated: npm run docs:generate
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { generatedPages } from './pages.ts'

// A help is as wide as its terminal, if it has one; here it has none.
Object.defineProperty(process.stdout, 'isTTY', { value: false })
const root = process.cwd()
for (const [path, text] of Object.entries(await generatedPages(root))) {
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}
