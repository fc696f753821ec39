import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { clouds } from '../../src/clouds.ts'
import { start } from '../harness.ts'

// What the code cites is in the repository: each `zenlayer.md 3.3`, in comments, in texts and in what is sent to users,
// leads to a heading of docs/clouds/, and each question to a row of its table of questions.

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = 'test/docs/citations.test.ts'

interface Citation {
  readonly document: string
  readonly kind: 'section' | 'question'
  readonly number: string
}

const DOCUMENT = /\b([\w-]+\.md)\b`?/g
const REFERENCE =
  /,?\s+(?:(?:and|or|to)\s+)?(?:(?:open\s+)?(sections?|questions?)\s+|(Q))?(\d+(?:\.\d+)*[a-z]?)(?!\w|\.\d)/y

/** What is cited by the name of its document: `zenlayer.md 3.1, 3.3`, `baidu.md 5.3.6, Q33`, `zenlayer.md 1 to 3`. */
function citationsOf(text: string): readonly Citation[] {
  return [...text.matchAll(DOCUMENT)].flatMap(({ 0: { length }, 1: document = '', index }) => {
    const found: Citation[] = []
    let kind: Citation['kind'] = 'section'
    REFERENCE.lastIndex = index + length
    for (let next = REFERENCE.exec(text); next; next = REFERENCE.exec(text)) {
      const [, word, q, number = ''] = next
      if (word !== undefined) kind = word.startsWith('question') ? 'question' : 'section'
      if (q !== undefined) kind = 'question'
      found.push({ document, kind, number })
    }
    return found
  })
}

/** A comment's lines are one text. */
function unwrapped(text: string): string {
  return text.replaceAll(/\n\s*(?:\/\/|\*(?!\/)|#)?\s*/g, ' ')
}

interface Page {
  readonly sections: readonly string[]
  readonly questions: readonly string[]
}

function pageOf(path: string): Page {
  const file = join(root, path)
  const text = existsSync(file) ? readFileSync(file, 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '') : ''
  const numbersOf = (part: string, pattern: RegExp) => [...part.matchAll(pattern)].map(([, number = '']) => number)
  return {
    sections: numbersOf(text, /^#{1,6} (\d+(?:\.\d+)*)\.?(?= |:|$)/gm),
    questions: numbersOf(text.split(/^#{1,6} 8\.? /m)[1] ?? '', /^\| Q?(\d+[a-z]?) \|/gm)
  }
}

const folder = 'docs/clouds'
const pages = new Map(readdirSync(join(root, folder)).map((name) => [name, pageOf(join(folder, name))]))

function isThere({ document, kind, number }: Citation): boolean {
  const page = pages.get(document)
  return (kind === 'section' ? page?.sections : page?.questions)?.includes(number) ?? false
}

const shown = ({ document, kind, number }: Citation) => `${document} ${kind === 'question' ? 'question ' : ''}${number}`

interface Source {
  readonly file: string
  readonly text: string
}

function filesUnder(folder: string): readonly Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => /\.(?:ts|js|yaml|md)$/.test(file) && file !== here)
    .map((file) => ({ file, text: unwrapped(readFileSync(join(root, file), 'utf8')) }))
}

const sources = ['src', 'test', 'fixtures', 'conformance', 'bench', 'docs'].flatMap(filesUnder)

test.for([
  ['zenlayer.md 1.13', ['zenlayer.md 1.13']],
  ['zenlayer.md 3.1, 3.3', ['zenlayer.md 3.1', 'zenlayer.md 3.3']],
  ['zenlayer.md 8, question 11).', ['zenlayer.md 8', 'zenlayer.md question 11']],
  ['zenlayer.md open questions 15a, 16.', ['zenlayer.md question 15a', 'zenlayer.md question 16']],
  ['baidu.md 5.3.6, Q33', ['baidu.md 5.3.6', 'baidu.md question 33']],
  ['the machines of zenlayer.md 6 as tables', ['zenlayer.md 6']],
  ['(zenlayer.md 1 to 3)', ['zenlayer.md 1', 'zenlayer.md 3']],
  ['zenlayer.md 5, 6 and question 32', ['zenlayer.md 5', 'zenlayer.md 6', 'zenlayer.md question 32']],
  ['zenlayer.md section 5. 3 more', ['zenlayer.md 5']],
  ["{ rule: 'zenlayer.md 2.3' }, 404)", ['zenlayer.md 2.3']],
  ['the page baidu.md leaves them out', []]
] as const)('%s is read as what it cites', ([text, expected]) => {
  expect(citationsOf(text).map(shown)).toEqual(expected)
})

describe.for(clouds.map((provider) => [provider.specification, provider] as const))('%s', ([path, provider]) => {
  test('is in the repository, and each of its numbers stands once', () => {
    expect(existsSync(join(root, path))).toBe(true)
    const { sections, questions } = pageOf(path)
    for (const numbers of [sections, questions]) {
      expect(numbers.length).toBeGreaterThan(30)
      expect(numbers).toEqual([...new Set(numbers)])
    }
  })

  test('has every section and question that code, tests and fixtures cite of it', () => {
    const cited = sources.flatMap(({ file, text }) =>
      citationsOf(text).flatMap((citation) => (citation.document === basename(path) ? [{ file, citation }] : []))
    )
    expect(cited.length).toBeGreaterThan(100)
    const gone = cited.filter(({ citation }) => !isThere(citation))
    expect(new Set(gone.map(({ file, citation }) => `${file}: ${shown(citation)}`))).toEqual(new Set())
  })

  test('has every question that its cloud’s own folder names without the page', () => {
    const { questions } = pageOf(path)
    const named = filesUnder(`src/providers/${provider.name}`).flatMap(({ file, text }) =>
      [...text.matchAll(/\b(?:questions? |Q)(\d+[a-z]?)\b/g)].map(([, number = '']) => ({ file, number }))
    )
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter(({ number }) => !questions.includes(number))).toEqual([])
  })

  test('is what the operations and settings cite as users see them', async () => {
    const { control, close } = await start()
    try {
      const { body } = await control('GET', `/operations?provider=${provider.name}`)
      expect(body).toMatchObject({ specification: { [provider.name]: path } })
      const settings = (await control('GET', '/settings')).body
      const cited = citationsOf(JSON.stringify([body, settings])).filter(({ document }) => document === basename(path))
      expect(cited.length).toBeGreaterThan(100)
      expect(new Set(cited.filter((citation) => !isThere(citation)).map(shown))).toEqual(new Set())
    } finally {
      await close()
    }
  })
})

const documentsOf = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).filter((name) => name.endsWith('.md'))

test('no document is named that is not in the repository', () => {
  const files = [...documentsOf('.'), ...documentsOf('.github'), ...sources.map(({ file }) => file)]
  const known = new Set([...files, ...clouds.map(({ specification }) => specification)].map((file) => basename(file)))
  // The pages of the clouds name the vendors' documents that they were made from; tests make up pages, and the site has an index.
  const ours = sources.filter(({ file }) => !/^(?:docs\/clouds|docs\/\.vitepress|test\/docs)\//.test(file))
  const unknown = ours.flatMap(({ file, text }) =>
    [...text.matchAll(DOCUMENT)].flatMap(([, name = '']) => (known.has(name) ? [] : [`${file}: ${name}`]))
  )
  expect(unknown).toEqual([])
})

test('what is cited of any other document is there, too', () => {
  const own = new Set(clouds.map(({ specification }) => basename(specification)))
  const gone = sources.flatMap(({ file, text }) =>
    citationsOf(text).flatMap((citation) =>
      isThere(citation) || own.has(citation.document) ? [] : [`${file}: ${shown(citation)}`]
    )
  )
  expect(gone).toEqual([])
})

test('a chapter of our own pages that a text names is one of their headings', () => {
  const named = sources.flatMap(({ text }) => [...text.matchAll(/'((?:docs\/)?[\w/-]+\.md), ([A-Z][^']+)'/g)])
  expect(named.length).toBeGreaterThan(0)
  for (const [, page = '', name] of named) {
    const headings = [...readFileSync(join(root, page), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading)
    expect(headings, page).toContain(name)
  }
})
