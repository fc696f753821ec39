import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pagesToRun } from '../docs/pages.ts'
import { runPage } from '../docs/run-page.ts'
import { build, ROOT } from '../program.ts'

// The README is run by npm test; these are all other pages, and what takes a compiler.

const pages = pagesToRun().filter(
  ({ path, blocks }) => path !== 'README.md' && blocks.some(({ mark }) => mark === 'run')
)
beforeAll(build, 600_000)

const told = { blocks: 0, answers: 0 }
afterAll(() => console.log(`${told.blocks} blocks ran, ${told.answers} answers compared`))

test.for(pages.map((page) => [page.path, page] as const))(
  '%s works as typed, and shows what is answered',
  async ([, page], { skip }) => {
    const missing = await missingOf(page.needs)
    skip(missing.length > 0, `not here: ${missing.join(', ')}`)
    const { ran, compared, stale } = await runPage(page)
    expect(stale).toEqual([])
    const marked = page.blocks.filter(({ mark }) => mark !== 'shown')
    expect(ran + compared).toBe(marked.length)
    told.blocks += ran
    told.answers += compared
  }
)

async function missingOf(programs: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    programs.map((program) =>
      promisify(execFile)('sh', ['-c', `command -v ${program}`]).then(
        () => [],
        () => [program]
      )
    )
  )
  return found.flat()
}

test('the programs in TypeScript are right by their types', async () => {
  const programs = pages.flatMap(({ path, blocks }) =>
    blocks.flatMap(({ language, mark, text, line }) =>
      language === 'ts' && mark !== 'shown' ? [{ path, line, text }] : []
    )
  )
  expect(programs.length).toBeGreaterThan(1)
  const folder = await mkdtemp(`${ROOT}.tmp/typed-`)
  try {
    await writeFile(`${folder}/tsconfig.json`, '{ "extends": "../../tsconfig.json", "include": ["*.ts"] }')
    for (const { path, line, text } of programs)
      await writeFile(`${folder}/${path.replaceAll(/\W/g, '-')}-${line}.ts`, text)
    const { stdout } = await promisify(execFile)(`${ROOT}node_modules/.bin/tsc`, ['-p', folder]).catch((error) => error)
    expect(stdout).toBe('')
  } finally {
    await rm(folder, { recursive: true })
  }
})
