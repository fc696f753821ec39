import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../program.ts'
import { CONTAINERS } from './containers.ts'
import { EXAMPLES } from './rows.ts'

const folders = readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : []
)
const readme = (name: string): string => readFileSync(join(ROOT, 'examples', name, 'README.md'), 'utf8')

test('every example has a row that runs it, and a line in the table', () => {
  expect(folders.length).toBeGreaterThan(5)
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(folders.toSorted())
  const table = readFileSync(join(ROOT, 'examples/README.md'), 'utf8')
  const told = [...table.matchAll(/^\| \[([\w-]+)\]\(([\w-]+)\/README\.md\) \|/gm)]
  expect(told.map(([, name]) => name).toSorted()).toEqual(folders.toSorted())
  for (const [, name, link] of told) expect(name).toBe(link)
})

test('what needs a container engine says that it is not run here', () => {
  for (const name of Object.keys(CONTAINERS)) expect(readme(name), name).toContain('**Not run here**')
})

test('no example tells to take from a registry what is not published', () => {
  for (const name of folders) {
    expect(readme(name), name).not.toMatch(/npx snapstand|npm install snapstand|^npm (install|ci)$/m)
    if (existsSync(join(ROOT, 'examples', name, 'package.json'))) expect(readme(name)).toContain('snapstand-0.1.0.tgz')
  }
})
