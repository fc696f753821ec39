import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { build, ROOT } from '../program.ts'

const exec = promisify(execFile)
const WRITTEN = join(ROOT, 'dist/types/doors')

beforeAll(build, 60_000)

/** What a compiler says of a file in a folder of its own below the repository. */
async function complaintsAbout(text: string): Promise<string> {
  const folder = await mkdtemp(join(ROOT, '.tmp/types-test-'))
  try {
    await writeFile(join(folder, 'same.ts'), text)
    const config = { extends: '../../tsconfig.json', include: ['same.ts'] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const { stdout } = await exec(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder]).catch(
      (error: { readonly stdout: string }) => error
    )
    return stdout
  } finally {
    await rm(folder, { recursive: true })
  }
}

const SAME = 'type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false\n'

test('the types that are written out for programs are those of the schemas', async () => {
  const files = (await readdir(WRITTEN)).map((file) => file.replace(/\.d\.ts$/, ''))
  const texts = await Promise.all(
    files.map(async (file) => {
      const names = [...(await readFile(join(WRITTEN, `${file}.d.ts`), 'utf8')).matchAll(/^export type (\w+) =/gm)]
      const pairs = names.map(
        ([, name]) => `export const ${file}${name}: Same<${file}.${name}, ${file}Rows.${name}> = true\n`
      )
      const imports = `import type * as ${file} from '../../dist/types/doors/${file}.js'\nimport type * as ${file}Rows from '../../src/doors/${file}.ts'\n`
      return { imports, pairs }
    })
  )
  const pairs = texts.flatMap((text) => text.pairs)
  expect(pairs.length).toBeGreaterThan(20)
  const wrong = 'export const wrong: Same<clock.Clock, clockRows.AdvanceReport> = true\n'
  const told = await complaintsAbout([...texts.map(({ imports }) => imports), SAME, ...pairs, wrong].join(''))
  // One pair is wrong, so that it is known that wrong ones are told.
  expect(told.trim().split('\n')).toEqual([
    expect.stringMatching(/error TS2322: Type 'true' is not assignable to type 'false'/)
  ])
})
