import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generatedPages } from '../../docs/generate/pages.ts'
import { ROOT } from '../program.ts'

const pages = await generatedPages(ROOT)

test.for(Object.entries(pages))('%s is what npm run docs:generate writes', ([path, text]) => {
  expect(readFileSync(`${ROOT}${path}`, 'utf8')).toBe(text)
})

test('the reference holds nothing that is written by hand', () => {
  const held = readdirSync(`${ROOT}docs/reference`).map((name) => `docs/reference/${name}`)
  expect(held.filter((path) => !(path in pages))).toEqual([])
  expect(held.length).toBeGreaterThan(7)
})
