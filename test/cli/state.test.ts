import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build, type Program, run, startProgram } from '../program.ts'

let server: Program
let folder: string
beforeAll(async () => {
  await build()
  folder = await mkdtemp(join(tmpdir(), 'snapstand-cli-'))
  server = await startProgram(['--clock', 'manual'])
}, 60_000)
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const drive = (...args: string[]) => run([...args, '--url', server.url])

test('what was exported comes back, as JSON and as YAML, and a changed export is planted', async () => {
  for (const form of [[], ['--yaml']]) {
    const { code, out } = await drive('export', '--world', 'source', ...form)
    expect(code).toBe(0)
    const file = join(folder, 'world')
    await writeFile(file, out)
    expect(await drive('seed', file, '--world', 'copy')).toMatchObject({
      code: 0,
      out: 'copy is as it was exported, at 2026-01-05T08:00:00.000Z manual\n'
    })
    await writeFile(file, out.replace('Hong Kong A', 'Hong Kong Z'))
    expect(await drive('seed', file, '--world', 'copy')).toMatchObject({
      code: 0,
      out: 'copy holds what the seed says, at 2026-01-05T08:00:00.000Z manual\n'
    })
    expect((await drive('export', '--world', 'copy')).out).toContain('Hong Kong Z')
  }
})

test('an export is a seed for --seed, too', async () => {
  const file = join(folder, 'export.json')
  await writeFile(file, (await drive('export')).out)
  const other = await startProgram(['--seed', file])
  const zones = await run(['export', '--url', other.url])
  expect(JSON.parse(zones.out).zenlayer).toEqual(JSON.parse((await drive('export')).out).zenlayer)
  await other.stop()
})

test('every fault of a seed is a line with its place, and the exit code is 2', async () => {
  const file = join(folder, 'wrong.yaml')
  await writeFile(file, 'zenlayer:\n  disks:\n    - diskId: x\n      diskSize: many\ncolour: red\n')
  const { code, out, err } = await drive('seed', file)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  const lines = err.trimEnd().split('\n')
  expect(lines).toContainEqual(expect.stringContaining(`${file}:4:7 zenlayer.disks[0].diskSize`))
  expect(lines).toContainEqual(expect.stringContaining(`${file}:5:1 colour: is not known`))
  expect(await drive('seed', join(folder, 'none'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('cannot be read')
  })
})

test('the schema is JSON Schema that takes an export and names every list', async () => {
  const { code, out } = await run(['schema'])
  expect(code).toBe(0)
  const schema = JSON.parse(out)
  expect(Object.keys(schema.properties)).toEqual(['zenlayer', 'baidu', 'settings', 'clock', 'faults', 'internal'])
  expect(Object.keys(schema.properties.zenlayer.properties)).toEqual(
    expect.arrayContaining(['resourceGroups', 'zones', 'instances', 'disks', 'snapshots', 'policies'])
  )
  expect(schema.properties.settings.properties['zenlayer.snapshotQuota']).toMatchObject({ type: 'integer' })
  // Every word of it is JSON Schema's own.
  const words = new Set<string>()
  JSON.stringify(schema, (name, value) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const word of name === 'properties' || name === 'patternProperties' ? [] : Object.keys(value))
        words.add(word)
    }
    // An example may have any members.
    return name === 'examples' ? undefined : value
  })
  const known = Type.Union(
    [
      '$schema',
      '$id',
      'title',
      'description',
      'type',
      'properties',
      'patternProperties',
      'additionalProperties',
      'required',
      'items',
      'anyOf',
      'const',
      'pattern',
      'format',
      'minimum',
      'maximum',
      'minLength',
      'maxLength',
      'minItems',
      'maxItems',
      'uniqueItems',
      'default',
      'examples',
      'not',
      'allOf'
    ].map((word) => Type.Literal(word))
  )
  expect([...words].filter((word) => !Value.Check(known, word))).toEqual([])
})
