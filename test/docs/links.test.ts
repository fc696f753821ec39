import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { slugOf } from '../../docs/generate/slug.ts'
import { ROOT } from '../program.ts'

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(`${ROOT}docs`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('.vitepress'))
    .map((name) => `docs/${name}`)
]

/** A page without what only looks like a link or a heading. */
function proseOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
    .replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ''))
}

function anchorsOf(path: string): readonly string[] {
  return [...proseOf(path).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => slugOf(heading))
}

interface Link {
  readonly page: string
  readonly target: string
}
const links: readonly Link[] = pages.flatMap((page) =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) =>
    /^(?:https?|mailto):/.test(target) ? [] : [{ page, target }]
  )
)

/** Why a link leads nowhere, or nothing. */
function wrongOf({ page, target }: Link): string | undefined {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), path))
  const shown = `${page}: ${target}`
  if (file.startsWith('..')) return `${shown} leads out of the repository`
  if (!existsSync(join(ROOT, file))) return `${shown} is not there`
  // The site has no lists of files, as a forge has.
  if (statSync(join(ROOT, file)).isDirectory()) return `${shown} is a folder: name its README`
  if (anchor !== undefined && !anchorsOf(file).includes(anchor)) return `${shown} has no such heading`
  return undefined
}

test('every link of the documentation leads to a file, and to a heading where it names one', () => {
  expect(links.length).toBeGreaterThan(300)
  expect(links.flatMap((link) => wrongOf(link) ?? [])).toEqual([])
})

test.for([
  ['docs/how-to/none.md', 'is not there'],
  ['docs/how-to', 'is a folder'],
  ['../elsewhere.md', 'leads out of the repository'],
  ['docs/how-to/time.md#nowhere', 'has no such heading'],
  ['docs/how-to/time.md#how-long-things-take', undefined]
] as const)('the link %s is told from one that is right', ([target, expected]) => {
  const wrong = wrongOf({ page: 'README.md', target })
  if (expected === undefined) expect(wrong).toBe(undefined)
  else expect(wrong).toContain(expected)
})

test('every page of ours can be reached from the README', () => {
  const reached = new Set(['README.md'])
  for (const page of reached) {
    for (const { target } of links.filter((link) => link.page === page)) {
      const [path = ''] = target.split('#')
      const file = relative(ROOT, resolve(ROOT, dirname(page), path))
      if (path !== '' && pages.includes(file)) reached.add(file)
    }
  }
  expect(pages.filter((page) => !reached.has(page))).toEqual([])
})
