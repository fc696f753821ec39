import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { SUPPORTED, TOO_OLD } from '../nodes/versions.ts'
import { ROOT } from '../program.ts'

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
const { scripts, engines } = JSON.parse(read('package.json'))

describe.for(readdirSync(join(ROOT, '.github/workflows')))('the workflow %s', (name) => {
  const file = `.github/workflows/${name}`
  const text = read(file)

  // Whether it is one by the rules of its forge says `npm run check:forge`.
  test('waits only for jobs that are there, each with an end', () => {
    const jobs: Readonly<Record<string, { needs?: string; uses?: string; 'timeout-minutes'?: number }>> =
      parse(text).jobs
    expect(Object.keys(jobs).length).toBeGreaterThan(0)
    for (const { needs, uses, ...job } of Object.values(jobs)) {
      if (needs !== undefined) expect(Object.keys(jobs)).toContain(needs)
      if (uses === undefined) expect(job['timeout-minutes']).toBeGreaterThan(0)
    }
  })

  test('runs what is there', () => {
    const commands = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, script = '']) => script)
    for (const script of commands) expect(Object.keys(scripts)).toContain(script)
    for (const [path = ''] of text.matchAll(/\.ci\/run|\.\/\.github\/\S+/g))
      expect(existsSync(join(ROOT, path)), path).toBe(true)
  })

  test('may write nothing but what a job says', () => {
    expect(parse(text).permissions).toEqual({ contents: 'read' })
  })
})

describe.for(readdirSync(join(ROOT, '.github/ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml'))(
  'the form %s',
  (name) => {
    const form = parse(read(`.github/ISSUE_TEMPLATE/${name}`))

    test('asks questions, each with a name of its own and in words', () => {
      expect(Object.keys(form).toSorted()).toEqual(['body', 'description', 'labels', 'name'])
      const ids = form.body.map(({ id }: { id: string }) => id)
      expect(ids.length).toBeGreaterThan(1)
      expect(new Set(ids).size).toBe(ids.length)
      for (const { type, id, attributes } of form.body) {
        expect(['input', 'textarea', 'dropdown']).toContain(type)
        expect(id).toMatch(/^[a-z-]+$/)
        expect(attributes.label).toMatch(/^[A-Z]/)
        if (type === 'dropdown') expect(attributes.options.length).toBeGreaterThan(1)
      }
      expect(form.body.some(({ validations }: { validations?: { required: boolean } }) => validations?.required)).toBe(
        true
      )
    })
  }
)

test('SUPPORT.md names the Nodes that are tried, and those that are refused', () => {
  const support = read('SUPPORT.md')
  expect(support).toContain(`| ${SUPPORTED.join(', ')} | tried`)
  expect(support).toContain(`| ${TOO_OLD} and earlier |`)
  expect(engines.node).toBe(`>=${SUPPORTED[0]}`)
})

test.for(['CHANGELOG.md', 'SECURITY.md', 'SUPPORT.md', 'release/README.md', '.github/pull_request_template.md'])(
  'the links of %s lead somewhere',
  (file) => {
    const links = [...read(file).matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, link = '']) => join(dirname(file), link))
    for (const link of links) expect(existsSync(join(ROOT, link)), link).toBe(true)
  }
)
