import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { banner } from '../../src/cli/banner.ts'
import { clouds } from '../../src/clouds.ts'
import { build, ROOT } from '../program.ts'
import { readPage } from './page.ts'
import { runPage } from './run-page.ts'

const textOf = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8')
const readme = textOf('README.md')

beforeAll(build)

test('the README works as typed, from top to bottom, and shows what is answered', async () => {
  const page = readPage('README.md')
  const { ran, compared, stale } = await runPage(page)
  expect(stale).toEqual([])
  expect([ran, compared]).toEqual([6, 4])
  // What it does not run itself, CI does.
  const shown = page.blocks.filter(({ mark }) => mark === 'shown')
  expect(shown.map(({ value, text }) => [value, text])).toEqual([['install', 'npm ci\n']])
  expect(readme).toMatch('are `npm test`.')
  expect(textOf('.ci/run')).toMatch(/npm ci[\s\S]*npm run check/)
  expect(JSON.parse(textOf('package.json')).scripts.check).toMatch(/npm test$/)
})

test('the README is short, and says early what Snapstand is not', () => {
  const lines = readme.split('\n')
  expect(lines.length).toBeLessThan(150)
  expect(lines.findIndex((line) => line.startsWith('**What it is not.**'))).toBeLessThan(20)
})

test('the clients of the page about them are those of the banner, with the same settings', () => {
  const rows = [...textOf('docs/how-to/point-a-client.md').matchAll(/^\| ((?:Zenlayer|Baidu) \w+) \| `(.*)` \|$/gm)]
  const told = banner('http://127.0.0.1:7420', '', { clouds, control: true }).replaceAll('export ', '')
  expect(rows.length).toBe(10)
  for (const [, client = '', setting = ''] of rows) expect(told).toMatch(`  ${client.padEnd(18)}  ${setting}\n`)
})

test('nobody is told to type npx snapstand, whose name on the registry is anybody’s; the README says that of it', () => {
  const held = ['docs', 'examples', 'clients', 'deploy', 'src', 'conformance'].flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter(
        (name) => /\.(?:md|ts|tsx|js|py|go|java|ya?ml|toml|txt)$/.test(name) && !/node_modules|\.vitepress/.test(name)
      )
      .map((name) => `${folder}/${name}`)
  )
  const saying = ['README.md', 'CONTRIBUTING.md', ...held].filter((path) =>
    /npx (?:-\S+ )*snapstand/.test(textOf(path))
  )
  expect(saying).toEqual(['README.md'])
  expect(readme.match(/npx snapstand/g)).toHaveLength(1)
  expect(readme).toMatch(/`npx snapstand`\. Until then the name is anybody's/)
})
