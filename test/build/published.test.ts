import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { build, ROOT, runNode } from '../program.ts'

const exec = promisify(execFile)

let folder = ''
let project = ''
let tarball: Buffer
let installed = ''
beforeAll(async () => {
  await build()
  folder = await mkdtemp(join(tmpdir(), 'snapstand-published-'))
  project = join(folder, 'project')
  installed = join(project, 'node_modules/snapstand')
  await mkdir(installed, { recursive: true })
  const { stdout } = await exec('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT
  })
  const [packed] = Object.values<{ readonly filename: string }>(JSON.parse(stdout))
  const file = join(folder, packed?.filename ?? '')
  tarball = await readFile(file)
  await exec('tar', ['-xzf', file, '-C', installed, '--strip-components=1'])
  for (const name of ['better-sqlite3', '@types/node', 'undici-types']) {
    await mkdir(dirname(join(project, 'node_modules', name)), { recursive: true })
    await symlink(join(ROOT, 'node_modules', name), join(project, 'node_modules', name))
  }
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

async function publintOf(pkgDir: string): Promise<readonly string[]> {
  const { messages, pkg } = await publint({ pkgDir, level: 'suggestion', strict: true, pack: false })
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code)
}

test('publint finds nothing in it, and would find a file that is not there', async () => {
  expect(await publintOf(installed)).toEqual([])
  const broken = join(folder, 'broken')
  await cp(installed, broken, { recursive: true })
  await rm(join(broken, 'dist/client.js'))
  expect(await publintOf(broken)).toEqual([expect.stringContaining('./dist/client.js')])
})

test('arethetypeswrong finds what is meant so: no CommonJS, and no resolver that knows no exports', async () => {
  const result = await checkPackage(createPackageFromTarballData(tarball), {
    excludeEntrypoints: [/^\.\/schemas/, './package.json']
  })
  if (!result.types) throw new Error('it has no types')
  const problems = result.problems.map((problem) =>
    [
      problem.kind,
      'entrypoint' in problem ? problem.entrypoint : '',
      'resolutionKind' in problem ? problem.resolutionKind : ''
    ].join(' ')
  )
  expect(problems.toSorted()).toEqual([
    'CJSResolvesToESM . node16-cjs',
    'CJSResolvesToESM ./client node16-cjs',
    'NoResolution . node10',
    'NoResolution ./client node10'
  ])
})

test('its types are right under node16, nodenext and bundler', async () => {
  const program = `import { type Snapstand, startSnapstand } from 'snapstand'
import { type Clock, connect } from 'snapstand/client'
export async function use(): Promise<Clock> {
  await using server: Snapstand = await startSnapstand({ clock: 'manual' })
  return connect(server.url).world('run-17').clock.get()
}
// @ts-expect-error: there is no such option.
startSnapstand({ clok: 'manual' })
`
  await writeFile(join(project, 'package.json'), '{ "type": "module" }')
  await writeFile(join(project, 'use.ts'), program)
  for (const [module, moduleResolution] of [
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler']
  ]) {
    // `fetch` is known by the types of Node or by a browser's; neither lib knows `AsyncDisposable`, which the package brings.
    for (const around of [
      { types: ['node'], lib: ['es2022'] },
      { types: [], lib: ['es2022', 'dom'] }
    ]) {
      const more = { target: 'es2022', strict: true, skipLibCheck: false, noEmit: true }
      const compilerOptions = { ...more, ...around, module, moduleResolution }
      await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }))
      const { stdout } = await exec(join(ROOT, 'node_modules/.bin/tsc'), ['-p', project], { cwd: project }).catch(
        (error: { readonly stdout: string }) => error
      )
      expect(stdout, `${moduleResolution} ${around.lib}`).toBe('')
    }
  }
})

test('CommonJS takes it by require, in plain JavaScript and in TypeScript’s nodenext', async () => {
  const program = `const { startSnapstand } = require('snapstand')
const { connect } = require('snapstand/client')
startSnapstand({ clock: 'manual', clockAt: '2026-01-05T08:00:00Z' }).then(async (server) => {
  console.log((await connect(server.url).world('run-17').clock.get()).now)
  await server.close()
})
`
  await writeFile(join(project, 'use.cjs'), program)
  expect(await runNode([join(project, 'use.cjs')], {}, project)).toEqual({
    code: 0,
    out: '2026-01-05T08:00:00.000Z\n',
    err: ''
  })
  const typed = `import snapstand = require('snapstand')\nexport const start: typeof snapstand.startSnapstand = snapstand.startSnapstand\n`
  await writeFile(join(project, 'use.cts'), typed)
  const compilerOptions = { target: 'es2022', module: 'nodenext', types: ['node'], strict: true, noEmit: true }
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.cts'] }))
  const { stdout } = await exec(join(ROOT, 'node_modules/.bin/tsc'), ['-p', project], { cwd: project }).catch(
    (error: { readonly stdout: string }) => error
  )
  expect(stdout).toBe('')
})

/** A schema as programs get it from the package, and what it says of a document. */
async function checkerOf(name: string) {
  const program = `import schema from 'snapstand/schemas/${name}.json' with { type: 'json' }
console.log(JSON.stringify(schema))
`
  await writeFile(join(project, 'package.json'), '{ "type": "module" }')
  await writeFile(join(project, 'schema.js'), program)
  const { code, out } = await runNode([join(project, 'schema.js')], {}, project)
  expect(code).toBe(0)
  const schema = JSON.parse(out)
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  expect(schema.$id).toBe(`urn:snapstand:${version}:${name}`)
  const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } })
  return (text: string) => ajv.validate(schema, parse(text))
}

test('its schema of a seed takes the starter seed and tells a slip', async () => {
  const isRight = await checkerOf('seed')
  const starter = await readFile(join(installed, 'fixtures/seeds/starter.yaml'), 'utf8')
  expect(isRight(starter)).toBe(true)
  expect(starter).toContain('\n  disks:')
  expect(isRight(starter.replace('\n  disks:', '\n  disk:'))).toBe(false)
})

test('its schema of a configuration file takes one of each member and tells slips', async () => {
  const isRight = await checkerOf('config')
  const config = `port: 7420
clock: manual
clock-at: 2026-01-05T08:00:00Z
control: on
tls: true
tls-host: snapstand
control-host: [snapstand, .example.com]
shard: 0/3
journal-bytes: 64MiB
grace: 5
keys:
  - { id: AKEXAMPLE, secret: not-a-secret, world: team }
  - { bearer: token, world: team }
`
  expect(isRight(config)).toBe(true)
  for (const slip of ['prot: 7420', 'port: 70000', 'clock: standing', 'shard: third', 'keys: [{ id: a }]', 'tls: 1']) {
    expect(isRight(slip), slip).toBe(false)
  }
})
