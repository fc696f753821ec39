import { expect, test } from 'vitest'
import { pageOf } from './page.ts'
import { pagesToRun } from './pages.ts'
import { runPage } from './run-page.ts'

const fenced = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`

test('every page is read, and each of its blocks says what is done with it', () => {
  const pages = pagesToRun()
  expect(pages.length).toBeGreaterThan(15)
  expect(pages.flatMap(({ blocks }) => blocks).filter(({ mark }) => mark === 'run').length).toBeGreaterThan(30)
})

test.for([
  ['without a mark', fenced('sh', 'ls'), 'a block says nothing of what is done with it'],
  ['with a mark that is none', fenced('sh runs', 'ls'), 'a block says nothing of what is done with it'],
  ['not run for no reason', fenced('sh shown', 'ls'), 'is no reason'],
  ['not run for a reason that is none', fenced('sh shown=lazy', 'ls'), 'shown=lazy is no reason'],
  ['that answers nothing', fenced('json answer', '{}'), 'an answer without anything above it that is run']
] as const)('a block %s is refused', ([, text, expected]) => {
  expect(() => pageOf('page.md', text)).toThrow(expected)
})

test('what a block prints is held against what is shown, and what it defines stays', async () => {
  const page = pageOf(
    'page.md',
    [
      fenced('text file=word.txt', 'hello'),
      fenced('sh run', 'word=$(cat word.txt); say() { echo "$word $1"; }'),
      fenced('sh run', 'say you'),
      fenced('text answer', 'hello you'),
      fenced('sh run', 'say me'),
      fenced('text answer', 'hello you')
    ].join('\n')
  )
  const { ran, compared, stale } = await runPage(page)
  expect([ran, compared]).toEqual([4, 2])
  expect(stale).toEqual([{ block: page.blocks[5], printed: 'hello me\n' }])
})

test.for([
  ['sh run', 'false\necho done', 'page.md:1: it ended badly'],
  ['js run', 'console.log(1 + 1) // 3', 'page.md:1: it should have printed'],
  ['js run', 'throw new Error("no")', 'page.md:1: it ended badly'],
  ['sh server', 'echo no server', 'page.md:1: echo no server']
] as const)('a block %s that fails, fails its page: %s', async ([info, text, expected]) => {
  await expect(runPage(pageOf('page.md', fenced(info, text)))).rejects.toThrow(expected)
})
