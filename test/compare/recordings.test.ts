import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareFolder } from '../../src/compare/recorded.ts'
import { recordingFolders } from '../outranked.ts'

let scratch = ''
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'snapstand-recordings-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

test('there are recordings of both clouds', () => {
  expect(new Set(recordingFolders.map((folder) => basename(folder).split('-')[0]))).toEqual(
    new Set(['zenlayer', 'baidu'])
  )
})

const named = recordingFolders.map((folder) => [basename(folder), folder] as const)

test.for(named)('Snapstand answers as it is recorded in %s', async ([, folder]) => {
  const { differences, notPlayed, calls } = await compareFolder(folder)
  expect({ differences, notPlayed }).toEqual({ differences: [], notPlayed: [] })
  expect(calls).toBeGreaterThan(10)
})

test.for(named)('what %s started with is found in its answers, too', async ([name, folder]) => {
  const copy = join(scratch, name)
  await cp(folder, copy, { recursive: true })
  const file = join(copy, 'manifest.json')
  const { seed: _, ...manifest } = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify(manifest))
  const { differences } = await compareFolder(copy)
  expect(differences).toEqual([])
})
