import { describe, expect, test } from 'vitest'
import { charactersOf, isWhole } from '../../src/documents/text.ts'
import { type Answer, type Server, start } from '../harness.ts'
import { rows, type Stage, stages, text } from './baidu/stage.ts'

const stage = stages()

// Characters are code points: users of emoji count so, and JSON Schema does. Half of one is none.

const SNOWMAN = '☃️'
const EMOJI = '🧊'
const HALVES = ['\ud83e', '\uddca', `a\ud83e`, `\uddcab`, `\uddca\ud83e`]

test('pairs of surrogates are one character', () => {
  expect(['', 'abc', '每日', EMOJI, `${EMOJI}${EMOJI}`, SNOWMAN].map(charactersOf)).toEqual([0, 3, 2, 1, 2, 2])
  expect([EMOJI, '每日', '', 'a'].every(isWhole)).toBe(true)
  expect(HALVES.map(charactersOf)).toEqual([1, 1, 2, 2, 2])
  expect(HALVES.filter(isWhole)).toEqual([])
})

describe('zenlayer', () => {
  let server: Server | undefined
  const call = async (action: string, body: object): Promise<Answer> => {
    server ??= await start()
    return server.zenlayer(action, body)
  }
  const diskId = '1700000000000000102'

  /** Each member that a name can be set with: its action, the rest of the body, its greatest length. */
  const names: readonly (readonly [string, (name: string) => object, number])[] = [
    ['CreateSnapshot', (snapshotName) => ({ diskId, snapshotName }), 64],
    ['CreateResourceGroup', (name) => ({ name }), 64],
    ['ModifyResourceTags', (key) => ({ resourceUuid: diskId, replaceTags: [{ key, value: 'v' }] }), 64],
    ['ModifyResourceTags', (value) => ({ resourceUuid: diskId, replaceTags: [{ key: 'k', value }] }), 64],
    ['DescribeSnapshots', (snapshotName) => ({ snapshotName }), 256],
    ['DescribeDisks', (diskName) => ({ diskName }), 256]
  ]
  test.for(names)('%s takes as many emoji as characters', async ([action, bodyOf, most]) => {
    expect((await call(action, bodyOf(EMOJI.repeat(most)))).code).toBeUndefined()
    expect((await call(action, bodyOf(EMOJI.repeat(most + 1)))).code).toBe('INVALID_PARAMETER_EXCEED_LENGTH')
    expect((await call(action, bodyOf('a'.repeat(most + 1)))).code).toBe('INVALID_PARAMETER_EXCEED_LENGTH')
  })
  test.for(names)('%s takes no half character', async ([action, bodyOf]) => {
    for (const half of HALVES) {
      expect((await call(action, bodyOf(half))).code).toBe('INVALID_PARAMETER_PATTERN_ERROR')
    }
  })
  test('a name of emoji is shown as it was given', async () => {
    const name = EMOJI.repeat(64)
    const { body } = await call('CreateSnapshot', { diskId, snapshotName: name })
    const snapshotId: unknown = body && JSON.parse(JSON.stringify(body)).response.snapshotId
    const listed = await call('DescribeSnapshots', { snapshotIds: [snapshotId] })
    expect(listed.body).toMatchObject({ response: { dataSet: [{ snapshotName: name }] } })
  })
  test('names with a pattern are too short, too long or misspelt by their characters', async () => {
    const codeOf = async (autoSnapshotPolicyName: string) =>
      (
        await call('CreateAutoSnapshotPolicy', {
          zoneId: 'asia-east-1a',
          autoSnapshotPolicyName,
          repeatWeekDays: [1],
          hours: [0]
        })
      ).code
    expect(await codeOf(EMOJI)).toBe('INVALID_PARAMETER_LESS_LENGTH')
    expect(await codeOf(EMOJI.repeat(40))).toBe('INVALID_PARAMETER_PATTERN_ERROR')
    expect(await codeOf(EMOJI.repeat(64))).toBe('INVALID_PARAMETER_EXCEED_LENGTH')
    expect(await codeOf(`a\ud83eb`)).toBe('INVALID_PARAMETER_PATTERN_ERROR')
    await server?.close()
  })
})

describe('baidu', () => {
  const set: readonly (readonly [string, (name: string) => readonly [string, object], string])[] = [
    [
      'a snapshot',
      (n) => ['POST /v2/snapshot', { volumeId: 'v-free', snapshotName: n }],
      'Snapshot.SnapshotNameInvalid'
    ],
    ['a volume', (name) => ['PUT /v2/volume/v-free?rename', { name }], 'BadRequest'],
    [
      'a policy',
      (name) => ['POST /v2/asp', { name, timePoints: [0], repeatWeekdays: [0], retentionDays: 1 }],
      'Asp.NameInvalid'
    ]
  ]
  test.for(set)('%s is named with at most 65 Chinese characters, and no emoji', async ([, requestOf, code]) => {
    const { call } = await stage()
    expect((await call(...requestOf('每'.repeat(65)))).code).toBeUndefined()
    for (const name of ['每'.repeat(66), `a${EMOJI}`, ...HALVES.map((half) => `a${half}`)]) {
      expect((await call(...requestOf(name))).code).toBe(code)
    }
  })
  test('tags may be emoji, but no halves', async () => {
    const world = await stage()
    const tagsOf = async ({ volume }: Stage) => rows((await volume('v-free')).tags)
    await world.ok('PUT /v2/volume/v-free/tag?bind', { changeTags: [{ tagKey: EMOJI, tagValue: EMOJI }] })
    expect((await tagsOf(world)).map(({ tagKey }) => text(tagKey))).toEqual([EMOJI])
    for (const half of HALVES) {
      for (const changeTags of [[{ tagKey: half }], [{ tagKey: 'k', tagValue: half }]]) {
        expect((await world.call('PUT /v2/volume/v-free/tag?bind', { changeTags })).code).toBe('BadRequest')
      }
    }
    expect(await tagsOf(world)).toHaveLength(1)
  })
})

test('a seed takes emoji in names, and no halves', async () => {
  const group = (name: string) => ({ zenlayer: { resourceGroups: [{ resourceGroupId: 'g', name }] } })
  const server = await start({ seed: group(EMOJI) })
  expect((await server.zenlayer('DescribeResourceGroups')).body).toMatchObject({
    response: { resourceGroups: [{ name: EMOJI }] }
  })
  await server.close()
  await expect(start({ seed: group('a\ud83e') })).rejects.toThrow(/name/)
})
