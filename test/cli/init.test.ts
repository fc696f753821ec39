import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { FILE_FLAGS } from '../../src/config/sources.ts'
import { build, CLI, ROOT, run, startProgram } from '../program.ts'

let root = ''
beforeAll(async () => {
  await build()
  root = await mkdtemp(join(tmpdir(), 'snapstand-init-'))
}, 60_000)
afterAll(() => rm(root, { recursive: true }))

const here = async (name: string): Promise<string> => {
  const folder = join(root, name)
  await mkdir(folder)
  return folder
}

/** A document and the schema that its first line names. */
async function documentIn(folder: string, name: string) {
  const text = await readFile(join(folder, name), 'utf8')
  const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? []
  return { text, schema, isRight: async (other = text) => isRight(join(folder, schema), other) }
}

async function isRight(schema: string, text: string): Promise<boolean> {
  const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } })
  return ajv.validate(JSON.parse(await readFile(schema, 'utf8')), parse(text))
}

test('what it writes starts a server with that seed, and its schemas take it', async () => {
  const folder = await here('fresh')
  const files = ['snapstand.yaml', 'snapstand-seed.yaml', 'snapstand.schema.json', 'snapstand-seed.schema.json']
  expect(await run(['init'], {}, CLI, folder)).toEqual({ code: 0, out: `${files.join('\n')}\n`, err: '' })
  for (const name of ['snapstand.yaml', 'snapstand-seed.yaml']) {
    const { isRight } = await documentIn(folder, name)
    expect(await isRight(), name).toBe(true)
    expect(await isRight('nothing: of ours'), name).toBe(false)
  }
  const server = await startProgram(['--config', join(folder, 'snapstand.yaml')])
  try {
    const { volumes } = Object(await (await fetch(`${server.url}/v2/volume`)).json())
    expect(volumes).toEqual([expect.objectContaining({ id: 'v-data', diskSizeInGB: 100 })])
    const clock = await (await fetch(`${server.url}/_snapstand/clock`)).json()
    expect(clock).toMatchObject({ mode: 'manual', now: '2026-01-05T08:00:00.000Z' })
  } finally {
    await server.stop()
  }
})

test('its comments name every member of a configuration file, and are right without their #', async () => {
  const { text, isRight } = await documentIn(join(root, 'fresh'), 'snapstand.yaml')
  for (const { name } of FILE_FLAGS) expect(text).toMatch(new RegExp(`^(# )?${name}: `, 'm'))
  // All that is no example in <…>, with its # taken away, is right.
  const names = FILE_FLAGS.map(({ name }) => name).join('|')
  const all = text.replaceAll(new RegExp(`^# (?=(?:${names}): (?!<)|keys:$|  - \\{)`, 'gm'), '')
  expect(Object.keys(parse(all)).length).toBeGreaterThan(10)
  expect(await isRight(all)).toBe(true)
  const file = join(root, 'fresh/all.yaml')
  await writeFile(file, all.replace(/^port: .*$/m, 'port: 0'))
  const server = await startProgram(['--config', file])
  expect(await server.stop()).toMatchObject({ code: 0 })
})

test('the fault that its seed shows is right, too', async () => {
  const { text, isRight } = await documentIn(join(root, 'fresh'), 'snapstand-seed.yaml')
  const [before = '', faults = ''] = text.split(/^(?=# faults:)/m)
  const all = before + faults.replaceAll(/^# /gm, '')
  expect(parse(all).faults).toHaveLength(1)
  expect(await isRight(all)).toBe(true)
  await writeFile(join(root, 'fresh/faults.yaml'), all)
  const server = await startProgram(['--seed', join(root, 'fresh/faults.yaml')])
  expect(await server.stop()).toMatchObject({ code: 0 })
})

test('a project that has the package takes its schemas from there', async () => {
  const folder = await here('project')
  const schemas = join(folder, 'node_modules/snapstand/dist/schemas')
  await mkdir(schemas, { recursive: true })
  for (const name of ['config.json', 'seed.json']) {
    await writeFile(join(schemas, name), await readFile(`${ROOT}dist/schemas/${name}`))
  }
  expect(await run(['init', folder])).toMatchObject({ code: 0 })
  expect((await readdir(folder)).toSorted()).toEqual(['node_modules', 'snapstand-seed.yaml', 'snapstand.yaml'])
  for (const name of ['snapstand.yaml', 'snapstand-seed.yaml']) {
    const { schema, isRight } = await documentIn(folder, name)
    expect(schema).toMatch(/^\.\/node_modules\/snapstand\//)
    expect(await isRight(), name).toBe(true)
  }
})

test('nothing is overwritten, and nothing is written where something is in the way', async () => {
  const folder = await here('taken')
  const file = join(folder, 'snapstand-seed.yaml')
  await writeFile(file, 'mine')
  expect(await run(['init', folder])).toEqual({
    code: 2,
    out: '',
    err: `snapstand: ${file}: is there already (nothing is overwritten: move it away, or name another folder)\n`
  })
  expect(await readdir(folder)).toEqual(['snapstand-seed.yaml'])
  expect(await readFile(file, 'utf8')).toBe('mine')
})

test('a folder that cannot be made is told in one line', async () => {
  const folder = join(root, 'taken/snapstand-seed.yaml/below')
  const { code, out, err } = await run(['init', folder])
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^snapstand: \S+\/below cannot be written: ENOTDIR.*\n$/)
})
