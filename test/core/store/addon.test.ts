import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, type Ended, ROOT, run, runNode } from '../../program.ts'

/** The build with a better-sqlite3 of its own, which holds its JavaScript and no binary. */
let folder = ''
let addon = ''
beforeAll(async () => {
  await build()
  folder = await mkdtemp(join(tmpdir(), 'snapstand-addon-'))
  addon = join(folder, 'node_modules/better-sqlite3')
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true })
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'))
  for (const part of ['package.json', 'lib']) {
    await cp(join(ROOT, 'node_modules/better-sqlite3', part), join(addon, part), { recursive: true })
  }
  await writeFile(
    join(folder, 'use.js'),
    `import { startSnapstand } from './dist/index.js'
await startSnapstand().catch(({ message }) => console.log(message))`
  )
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

const platform = `${process.platform}-${process.arch}`
const start = (): Promise<Ended> => run(['--port', '0'], {}, join(folder, 'dist/cli.js'), folder)

describe('where its binary is missing', () => {
  const line =
    `better-sqlite3 has no binary for ${platform} here: remove node_modules and run npm install again on this machine; ` +
    'the package brings those for Linux, macOS and Windows on x64 and arm64'

  test('a start ends with one line and exit code 1, and no word of listening', async () => {
    expect(await start()).toEqual({ code: 1, out: '', err: `snapstand: ${line}\n` })
  })

  test('a folder of worlds is not blamed for it', async () => {
    const cli = join(folder, 'dist/cli.js')
    const ended = await run(['--port', '0', '--data', join(folder, 'data')], {}, cli, folder)
    expect(ended).toEqual({ code: 1, out: '', err: `snapstand: ${line}\n` })
    expect(await readdir(folder)).not.toContain('data')
  })

  test('the library says so, too', async () => {
    const ended = await runNode([join(folder, 'use.js')], {}, folder)
    expect(ended).toEqual({ code: 0, out: `${line}\n`, err: '' })
  })

  test('what needs no database works', async () => {
    expect(await run(['--version'], {}, join(folder, 'dist/cli.js'), folder)).toMatchObject({ code: 0, err: '' })
  })
})

test('a binary of another machine is told with its reason, in one line', async () => {
  for (const libc of ['', 'musl']) {
    const file = join(addon, 'prebuilds', `${process.platform}${libc}-${process.arch}.node`)
    await cp(join(ROOT, 'package.json'), file)
  }
  const { code, out, err } = await start()
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(
    /^snapstand: better-sqlite3 can’t be loaded on \S+ by Node [\d.]+ \(.+\): remove node_modules and run npm install again on this machine\n$/
  )
  expect(err).toContain(platform)
})

test('without the package at all, that is told', async () => {
  await rm(join(folder, 'node_modules'), { recursive: true })
  const ended = await start()
  expect(ended).toEqual({
    code: 1,
    out: '',
    err: 'snapstand: better-sqlite3 is not installed beside Snapstand: run npm install\n'
  })
})
