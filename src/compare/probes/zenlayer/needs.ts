import type { Needs } from '../catalogue.ts'
import type { Step } from '../probe.ts'

const free = (id: string): Step => ({
  name: 'free',
  call: 'DescribeDisks',
  input: { body: { diskIds: [id] } },
  until: /"diskStatus":"(?:AVAILABLE|FAILED)"/
})
const disk = (name: string, diskSize: number, keep: string): Step => ({
  name: 'disk',
  call: 'CreateDisks',
  input: {
    body: {
      zoneId: '{zone}',
      diskName: `{tag}-${name}`,
      diskSize,
      tags: { tags: [{ key: 'snapstand', value: '{tag}' }] }
    }
  },
  keep: { [keep]: 'response.diskIds.0' }
})

/** What probes of Zenlayer work with. */
export const needs: Needs = {
  zone: { steps: [{ name: 'zones', call: 'DescribeZones', keep: { zone: 'response.zoneSet.0.zoneId' } }] },
  otherZone: { steps: [{ name: 'zones', call: 'DescribeZones', keep: { otherZone: 'response.zoneSet.1.zoneId' } }] },
  // One GiB more than the least, so that a smaller one can be asked for.
  disk: { needs: ['zone'], steps: [disk('disk', 21, 'disk'), free('{disk}')] },
  otherDisk: { needs: ['zone'], steps: [disk('other', 20, 'otherDisk'), free('{otherDisk}')] },
  snapshot: {
    needs: ['disk'],
    steps: [
      {
        name: 'snapshot',
        call: 'CreateSnapshot',
        input: { body: { diskId: '{disk}', snapshotName: '{tag}-snapshot' } },
        keep: { snapshot: 'response.snapshotId' }
      },
      {
        name: 'made',
        call: 'DescribeSnapshots',
        input: { body: { snapshotIds: ['{snapshot}'] } },
        until: /"status":"(?:AVAILABLE|FAILED)"/
      },
      free('{disk}')
    ]
  },
  policy: {
    needs: ['zone'],
    steps: [
      {
        name: 'policy',
        call: 'CreateAutoSnapshotPolicy',
        input: {
          body: {
            zoneId: '{zone}',
            autoSnapshotPolicyName: '{tag}-policy',
            repeatWeekDays: [1],
            hours: [0],
            retentionDays: 1
          }
        },
        keep: { policy: 'response.autoSnapshotPolicyId' }
      }
    ]
  }
}

/** What there is, before anything is asked: Snapstand starts with it. */
export const overview: readonly Step[] = [
  { name: 'zones', call: 'DescribeZones' },
  { name: 'groups', call: 'DescribeResourceGroups' },
  { name: 'instances', call: 'DescribeInstances', input: { body: { pageSize: 1000 } } },
  { name: 'disks', call: 'DescribeDisks', input: { body: { pageSize: 1000 } } },
  { name: 'snapshots', call: 'DescribeSnapshots', input: { body: { pageSize: 1000 } } },
  { name: 'policies', call: 'DescribeAutoSnapshotPolicies', input: { body: { pageSize: 1000 } } }
]
