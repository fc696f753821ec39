import { expect, test } from 'vitest'
import { start } from '../../../harness.ts'
import { disk, place, policy, row, rows, stages } from '../stage.ts'

const stage = stages()

/** What planting a section says, as `pointer: reason`. */
async function complaints(section: object): Promise<string> {
  try {
    const { close } = await start({ seed: { zenlayer: section } })
    await close()
    return ''
  } catch (error) {
    return error instanceof Error ? `${error.message} ${JSON.stringify(error)}` : String(error)
  }
}
const base = {
  zones: [
    { zoneId: 'z', regionId: 'r' },
    { zoneId: 'y', regionId: 'r' }
  ],
  instances: [{ instanceId: 'i', instanceName: 'i', zoneId: 'z' }],
  policies: [policy('p', 'z')],
  disks: [disk('d', { zoneId: 'z' })],
  snapshots: [{ snapshotId: 's', snapshotName: 's', diskId: 'd' }]
}

test('a place without faults is planted', async () => {
  expect(await complaints(base)).toBe('')
  expect(await complaints({})).toBe('')
})

test.for([
  [{ zones: [...base.zones, base.zones[0]] }, 'z comes twice'],
  [{ disks: [...base.disks, ...base.disks] }, 'd comes twice'],
  [{ snapshots: [...base.snapshots, ...base.snapshots] }, 's comes twice'],
  [{ disks: [disk('d', { zoneId: 'x' })] }, 'no zone x'],
  [{ disks: [disk('d', { zoneId: 'z', resourceGroupId: 'g' })] }, 'no resource group g'],
  [{ disks: [disk('d', { zoneId: 'z', instanceId: 'j' })] }, 'no instance j'],
  [{ disks: [disk('d', { zoneId: 'y', instanceId: 'i' })] }, 'the instance is in zone z'],
  [{ disks: [disk('d', { zoneId: 'y', autoSnapshotPolicyId: 'p' })] }, 'the policy is in zone z'],
  [{ disks: [disk('d', { zoneId: 'z', autoSnapshotPolicyId: 'q' })] }, 'no policy q'],
  [{ disks: [disk('d', { zoneId: 'z', diskStatus: 'IN_USE' })] }, 'IN_USE needs an instanceId'],
  [{ disks: [disk('d', { zoneId: 'z', diskStatus: 'RECYCLED', instanceId: 'i' })] }, 'RECYCLED excludes an instanceId'],
  [{ disks: [disk('d', { zoneId: 'z', expiredTime: '2026-02-01T00:00:00Z' })] }, 'only a RECYCLED disk'],
  [{ snapshots: [{ snapshotName: 's', diskId: 'e' }] }, 'no disk e'],
  [{ snapshots: [{ snapshotName: 's', diskId: 'd', autoSnapshotPolicyId: 'q' }] }, 'no policy q'],
  [{ policies: [{ ...policy('p', 'z'), retentionDays: 0 }] }, 'is -1 or 1 to 65535'],
  [
    {
      disks: [
        disk('d', {
          zoneId: 'z',
          tags: [
            { key: 'k', value: '1' },
            { key: 'k', value: '2' }
          ]
        })
      ]
    },
    'a key comes twice'
  ],
  [
    {
      resourceGroups: [
        { resourceGroupId: 'a', name: 'a', isDefault: true },
        { resourceGroupId: 'b', name: 'b', isDefault: true }
      ]
    },
    'another default'
  ],
  [{ disks: [disk('d', { zoneId: 'z', diskSise: 40 })] }, 'diskSise'],
  [{ disks: [disk('d', { zoneId: 'z', diskStatus: 'BUSY' })] }, 'diskStatus'],
  [{ zone: [] }, 'zone']
] as const)('a seed with %j is refused: %s', async ([wrong, reason]) => {
  expect(await complaints({ ...base, ...wrong })).toContain(reason)
})

test('all faults are told at once', async () => {
  const told = await complaints({ ...base, disks: [disk('d', { zoneId: 'x' }), disk('d', { zoneId: 'w' })] })
  for (const reason of ['d comes twice', 'no zone x', 'no zone w']) expect(told).toContain(reason)
})

test('a world without a group of its own has the default one', async () => {
  const { ok } = await stage({}, base)
  const { resourceGroups } = await ok('DescribeResourceGroups')
  expect(rows(resourceGroups).map(({ name }) => name)).toEqual(['Default Resource Group'])
})

test('a disk in the bin is destroyed when the seed says so, or never', async () => {
  const bin = {
    ...base,
    disks: [
      disk('d', { zoneId: 'z', diskStatus: 'RECYCLED', expiredTime: '2026-01-05T09:00:00Z' }),
      disk('e', { zoneId: 'z', diskStatus: 'RECYCLED' })
    ]
  }
  const { disk: show, list, advance } = await stage({}, bin)
  expect(await show('d')).toMatchObject({ diskStatus: 'RECYCLED', expiredTime: '2026-01-05T09:00:00Z' })
  await advance('P1D')
  expect((await list('DescribeDisks')).map(({ diskId }) => diskId)).toEqual(['e'])
})

test('what is harvested plants the same world again', async () => {
  const rich = {
    ...place,
    policies: [
      { ...policy('p-one', 'zone-a'), retentionDays: 7, tags: [{ key: 'env', value: 'prod' }] },
      ...place.policies.slice(1)
    ],
    snapshots: [
      ...place.snapshots,
      {
        snapshotId: 's-auto',
        snapshotName: 'auto',
        diskId: 'd-planned',
        autoSnapshotPolicyId: 'p-one',
        firedTime: '2025-05-05T09:00:00Z',
        retentionTime: '2027-01-01T00:00:00Z',
        createTime: '2025-05-05T09:00:00Z',
        resourceGroupId: 'group-other',
        diskSize: 20
      }
    ]
  }
  const lists = ['DescribeDisks', 'DescribeSnapshots', 'DescribeAutoSnapshotPolicies', 'DescribeInstances']
  const shown = async (seed: object) => {
    const world = await stage({}, seed)
    const everything = [
      ...(await Promise.all(lists.map((action) => world.ok(action, { pageSize: 1000 })))),
      await world.ok('DescribeZones'),
      await world.ok('DescribeResourceGroups')
    ]
    return { world, everything }
  }
  const first = await shown(rich)
  const { zenlayer } = row((await first.world.control('GET', '/state')).body)
  const second = await shown(row(zenlayer))
  expect(second.everything).toEqual(first.everything)
})
