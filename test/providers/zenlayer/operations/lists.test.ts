import { describe, expect, test } from 'vitest'
import { stages } from '../stage.ts'

const stage = stages()

const many = (length: number) => Array.from({ length }, (_, n) => `none-${n}`)

describe('lists hold as many ids as they may, and not one more', () => {
  test.for([
    ['DescribeSnapshots', 'snapshotIds', 1000, {}],
    ['ModifySnapshotsAttribute', 'snapshotIds', 100, {}],
    ['DeleteSnapshots', 'snapshotIds', 100, {}],
    ['DeleteAutoSnapshotPolicies', 'autoSnapshotPolicyIds', 100, {}],
    ['ApplyAutoSnapshotPolicy', 'diskIds', 100, { autoSnapshotPolicyId: 'p-one' }],
    ['CancelAutoSnapshotPolicy', 'diskIds', 100, { autoSnapshotPolicyId: 'p-one' }],
    ['AttachDisks', 'diskIds', 10, { instanceId: 'i-running' }],
    ['DetachDisks', 'diskIds', 10, {}],
    ['ModifyDisksAttributes', 'diskIds', 100, { diskName: 'x' }],
    ['ModifyDisksResourceGroup', 'diskIds', 100, { resourceGroupId: 'group-other' }],
    ['DescribeInstances', 'instanceIds', 100, {}],
    ['DescribeInstancesStatus', 'instanceIds', 100, {}],
    ['StartInstances', 'instanceIds', 100, {}],
    ['StopInstances', 'instanceIds', 100, {}],
    ['DescribeDisks', 'tagKeys', 20, {}],
    ['DescribeInstances', 'tagKeys', 20, {}],
    ['DescribeAutoSnapshotPolicies', 'tagKeys', 20, {}]
  ] as const)('%s takes %s up to %i', async ([action, member, most, more]) => {
    const { zenlayer } = await stage()
    const codeOf = async (length: number) => (await zenlayer(action, { ...more, [member]: many(length) })).code
    expect(await codeOf(most + 1)).toBe('INVALID_PARAMETER_EXCEED_LENGTH')
    expect(await codeOf(most)).not.toBe('INVALID_PARAMETER_EXCEED_LENGTH')
  })

  test.for(['DescribeDisks', 'DescribeInstances', 'DescribeAutoSnapshotPolicies'])(
    '%s takes up to 20 tags',
    async (action) => {
      const { zenlayer } = await stage()
      const tags = many(21).map((key) => ({ key, value: 'v' }))
      expect((await zenlayer(action, { tags })).code).toBe('INVALID_PARAMETER_EXCEED_LENGTH')
      expect((await zenlayer(action, { tags: tags.slice(1) })).status).toBe(200)
    }
  )
})

describe('1.10: lists', () => {
  test.for([
    ['DescribeSnapshots', {}],
    ['DescribeAutoSnapshotPolicies', {}],
    ['DescribeDisks', {}],
    ['DescribeInstances', {}],
    ['DescribeInstancesStatus', {}],
    ['DescribeResourceTags', { resourceUuid: 'd-free' }]
  ] as const)('%s: pages of 1 to 1000 rows, from 1 on', async ([action, more]) => {
    const { zenlayer } = await stage()
    const codeOf = async (page: object) => (await zenlayer(action, { ...more, ...page })).code
    expect(await codeOf({ pageSize: 0 })).toBe('INVALID_PARAMETER_LESS_MINIMUM')
    expect(await codeOf({ pageSize: 1001 })).toBe('INVALID_PARAMETER_EXCEED_MAXIMUM')
    expect(await codeOf({ pageNum: 0 })).toBe('INVALID_PARAMETER_LESS_MINIMUM')
    expect(await codeOf({ pageSize: 1000, pageNum: 2 ** 53 })).toBeUndefined()
    expect(await codeOf({ pageSize: 1 })).toBeUndefined()
  })

  test.for([
    ['DescribeSnapshots', 'snapshotName'],
    ['DescribeDisks', 'diskName'],
    ['DescribeAutoSnapshotPolicies', 'autoSnapshotPolicyName'],
    ['DescribeInstances', 'name']
  ] as const)('%s: a pattern in %s has at most 256 characters', async ([action, member]) => {
    const { zenlayer } = await stage()
    expect((await zenlayer(action, { [member]: 'x'.repeat(257) })).code).toBe('INVALID_PARAMETER_EXCEED_LENGTH')
    expect((await zenlayer(action, { [member]: 'x'.repeat(256) })).status).toBe(200)
  })

  test('a pattern finds names with any characters, however it is anchored', async () => {
    const { ok } = await stage()
    const snapshotName = 'a\u0000b 快照 😀(1)'
    await ok('CreateSnapshot', { diskId: 'd-used', snapshotName })
    const found = async (pattern: string) => {
      const filter = { diskIds: ['d-used'], snapshotName: pattern }
      return (await ok('DescribeSnapshots', filter)).totalCount
    }
    for (const pattern of [
      '^',
      '^a\u0000b',
      '\u0000b',
      '^a\u0000b 快照 😀\\(1\\)$',
      '照 😀',
      '^a.b .. .\\(1',
      '快照 😀('
    ]) {
      expect(await found(pattern), pattern).toBe(1)
    }
    for (const pattern of ['^b', '^\u0000', 'A', '^a\u0000b$', '快照$']) expect(await found(pattern), pattern).toBe(0)
  })

  test.for([
    ['DescribeDisks', { zoneId: 'none' }],
    ['DescribeDisks', { resourceGroupId: 'none' }],
    ['DescribeAutoSnapshotPolicies', { zoneIds: ['none'] }],
    ['DescribeAutoSnapshotPolicies', { resourceGroupId: 'none' }],
    ['DescribeInstances', { zoneId: 'none' }],
    ['DescribeInstances', { imageId: 'none' }],
    ['DescribeInstancesStatus', { instanceIds: ['none'] }]
  ] as const)('%s %j finds nothing, and that is no error', async ([action, filter]) => {
    const { ok } = await stage()
    expect(await ok(action, filter)).toEqual({ totalCount: 0, dataSet: [] })
  })
})
