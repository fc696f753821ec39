import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NEEDED_NODE, nodeTrouble } from '../../src/config/node-version.ts'
import { build, type Ended, ROOT, runNode } from '../program.ts'

/** A Node that takes itself for this one. `npm run check:nodes` does the same with a real one. */
const calledNode = (version: string) => {
  const text = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  return ['--import', `data:text/javascript,${encodeURIComponent(text)}`]
}
const lineFor = (version: string) =>
  `snapstand: Node 22 or later is needed; this is Node ${version} (${process.execPath})`

/** The build, where no better-sqlite3 is to be found: whoever asked for it would be told of that instead. */
let folder = ''
beforeAll(async () => {
  await build()
  folder = await mkdtemp(join(tmpdir(), 'snapstand-old-node-'))
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true })
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'))
  await writeFile(
    join(folder, 'use.js'),
    "await import('./dist/index.js').catch(({ message }) => console.log(message))"
  )
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

const runOn = (version: string, ...words: readonly string[]): Promise<Ended> =>
  runNode([...calledNode(version), ...words], {}, folder)

test('the manifest asks for the Node that the program asks for', async () => {
  const { engines } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  expect(engines).toEqual({ node: `>=${NEEDED_NODE}` })
})

test.for(['18.20.8', '20.20.2', '21.7.3'])('Node %s is told what is needed and what was found', (version) => {
  expect(nodeTrouble(version)).toBe(lineFor(version))
})

test.for(['22.0.0', '22.23.3', '24.21.0', '26.0.0', '100.1.0'])('Node %s will do', (version) => {
  expect(nodeTrouble(version)).toBeUndefined()
})

describe('on a Node that is too old, before anything else is loaded', () => {
  test.for([[[]], [['start', '--port', '0']], [['--version']], [['health']]] as const)(
    'the command line with %j ends with one line and exit code 2',
    async ([words]) => {
      const ended = await runOn('20.20.2', join(folder, 'dist/cli.js'), ...words)
      expect(ended).toEqual({ code: 2, out: '', err: `${lineFor('20.20.2')}\n` })
    }
  )

  test('importing the library throws the same line', async () => {
    const ended = await runOn('20.20.2', join(folder, 'use.js'))
    expect(ended).toEqual({ code: 0, out: `${lineFor('20.20.2')}\n`, err: '' })
  })
})
