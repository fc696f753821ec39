import type { Probe } from '../probe.ts'
import { each, emptiness, idForm } from '../readers.ts'

/** What the things that an account has already tell. */
export const lists: readonly Probe[] = [
  {
    question: '9',
    asks: 'what the id of a policy looks like',
    steps: [{ name: 'policies', call: 'DescribeAutoSnapshotPolicies', input: { body: { pageSize: 1 } } }],
    reads: { form: idForm('policies', 'response.dataSet.0.autoSnapshotPolicyId') },
    decides: 'zenlayer.md 1.9'
  },
  {
    question: '10',
    asks: 'names of automatic snapshots, and the second they are made at',
    steps: [{ name: 'automatic', call: 'DescribeSnapshots', input: { body: { snapshotType: 'Auto', pageSize: 100 } } }],
    reads: {
      names: each('automatic', 'response.dataSet', ({ snapshotName, diskId }) =>
        String(snapshotName).replace(String(diskId), '<diskId>').replaceAll(/\d/g, '9')
      ),
      minutes: each('automatic', 'response.dataSet', ({ createTime }) => String(createTime).slice(14, 16))
    },
    decides: 'zenlayer.md 5.12'
  },
  {
    question: '11',
    asks: 'whether snapshots expire by themselves',
    steps: [{ name: 'snapshots', call: 'DescribeSnapshots', input: { body: { pageSize: 1000 } } }],
    reads: {
      'by now past': each('snapshots', 'response.dataSet', ({ retentionTime, createTime, status }) =>
        // The newest creation stands for now: a list has no clock of its own.
        typeof retentionTime === 'string' && retentionTime < String(createTime) ? String(status) : undefined
      )
    },
    decides: 'zenlayer.md 5.12'
  },
  {
    question: '24',
    asks: 'whether a member without a value is null or left out',
    steps: [
      { name: 'disks', call: 'DescribeDisks', input: { body: { pageSize: 100 } } },
      { name: 'snapshots', call: 'DescribeSnapshots', input: { body: { pageSize: 100 } } },
      { name: 'policies', call: 'DescribeAutoSnapshotPolicies', input: { body: { pageSize: 100 } } }
    ],
    reads: {
      disks: emptiness('disks', 'response.dataSet'),
      snapshots: emptiness('snapshots', 'response.dataSet'),
      policies: emptiness('policies', 'response.dataSet')
    },
    decides: 'zenlayer.md 1.5'
  },
  {
    question: '30',
    asks: 'which regions have no snapshots',
    steps: [{ name: 'disks', call: 'DescribeDisks', input: { body: { snapshotAbility: false, pageSize: 1000 } } }],
    reads: { regions: each('disks', 'response.dataSet', ({ regionId }) => String(regionId)) },
    decides: 'zenlayer.md 5.6'
  }
]
