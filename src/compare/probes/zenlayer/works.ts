import type { Probe } from '../probe.ts'
import { member, path, verdict } from '../readers.ts'
import { NO_SNAPSHOT } from './refusals.ts'

const makeSnapshot = (number: string) => ({
  name: 'make',
  call: 'CreateSnapshot',
  input: { body: { diskId: '{disk}', snapshotName: `{tag}-${number}` } },
  keep: { own: 'response.snapshotId' }
})
const made = {
  name: 'made',
  call: 'DescribeSnapshots',
  input: { body: { snapshotIds: ['{own}'] } },
  until: /"status":"(?:AVAILABLE|FAILED)"/
}
const diskFree = {
  name: 'free',
  call: 'DescribeDisks',
  input: { body: { diskIds: ['{disk}'] } },
  until: /"diskStatus":"(?:AVAILABLE|IN_USE)"/
}
const makeDisk = (number: string) => ({
  name: 'make disk',
  call: 'CreateDisks',
  input: { body: { zoneId: '{zone}', diskName: `{tag}-${number}`, diskSize: 20 } },
  keep: { ownDisk: 'response.diskIds.0' }
})
const diskMade = {
  name: 'disk made',
  call: 'DescribeDisks',
  input: { body: { diskIds: ['{ownDisk}'] } },
  until: /"diskStatus":"(?:AVAILABLE|FAILED)"/
}

/** What takes a disk and its snapshots of the account, small and removed in the end. */
export const works: readonly Probe[] = [
  {
    question: '2',
    asks: 'DeleteSnapshots with unknown ids among others',
    writes: true,
    needs: ['disk'],
    steps: [
      { name: 'none', call: 'DeleteSnapshots', input: { body: { snapshotIds: [NO_SNAPSHOT] } }, isRefused: true },
      makeSnapshot('2'),
      { name: 'early', call: 'DeleteSnapshots', input: { body: { snapshotIds: ['{own}'] } } },
      made,
      { name: 'some', call: 'DeleteSnapshots', input: { body: { snapshotIds: ['{own}', NO_SNAPSHOT] } } }
    ],
    reads: {
      'unknown alone': verdict('none'),
      'in the making': verdict('early'),
      'one unknown': verdict('some'),
      listed: member('some', 'response.snapshotIds.length')
    },
    decides: 'zenlayer.md 5.5'
  },
  {
    question: '4',
    asks: 'ApplySnapshot for another disk than the snapshot’s',
    writes: true,
    needs: ['snapshot', 'otherDisk'],
    steps: [
      { name: 'apply', call: 'ApplySnapshot', input: { body: { snapshotId: '{snapshot}', diskId: '{otherDisk}' } } }
    ],
    reads: { answer: verdict('apply') },
    decides: 'zenlayer.md 5.4'
  },
  {
    question: '5',
    asks: 'whether an instance must be stopped for a rollback',
    writes: true,
    needs: ['snapshot', 'disk', 'instance'],
    steps: [
      { name: 'attach', call: 'AttachDisks', input: { body: { diskIds: ['{disk}'], instanceId: '{instance}' } } },
      diskFree,
      { name: 'apply', call: 'ApplySnapshot', input: { body: { snapshotId: '{snapshot}', diskId: '{disk}' } } },
      diskFree,
      { name: 'detach', call: 'DetachDisks', input: { body: { diskIds: ['{disk}'], instanceCheckFlag: false } } },
      { ...diskFree, until: /"diskStatus":"AVAILABLE"/ }
    ],
    reads: { answer: verdict('apply') },
    decides: 'zenlayer.md 5.4'
  },
  {
    question: '6',
    asks: 'the states of disk and snapshot during a snapshot and a rollback',
    writes: true,
    needs: ['disk'],
    steps: [
      makeSnapshot('6'),
      { ...diskFree, name: 'meanwhile' },
      made,
      { name: 'apply', call: 'ApplySnapshot', input: { body: { snapshotId: '{own}', diskId: '{disk}' } } },
      { ...made, name: 'rolled' },
      { ...diskFree, name: 'rolled disk' }
    ],
    reads: {
      'disk, snapshot': path('meanwhile', 'response.dataSet.0.diskStatus'),
      'snapshot, rollback': path('rolled', 'response.dataSet.0.status'),
      'disk, rollback': path('rolled disk', 'response.dataSet.0.diskStatus')
    },
    decides: 'zenlayer.md 6.1'
  },
  {
    question: '12',
    asks: 'what becomes of snapshots and policy of a released disk',
    writes: true,
    needs: ['zone', 'policy'],
    steps: [
      makeDisk('12'),
      diskMade,
      {
        name: 'apply',
        call: 'ApplyAutoSnapshotPolicy',
        input: { body: { autoSnapshotPolicyId: '{policy}', diskIds: ['{ownDisk}'] } }
      },
      {
        name: 'snapshot',
        call: 'CreateSnapshot',
        input: { body: { diskId: '{ownDisk}', snapshotName: '{tag}-12' } },
        keep: { own: 'response.snapshotId' }
      },
      made,
      { ...diskMade, name: 'disk free' },
      { name: 'release', call: 'ReleaseDisk', input: { body: { diskId: '{ownDisk}' } } },
      {
        name: 'released',
        call: 'DescribeDisks',
        input: { body: { diskIds: ['{ownDisk}'] } },
        until: /"totalCount":0|"diskStatus":"RECYCLED"/
      },
      { name: 'snapshots', call: 'DescribeSnapshots', input: { body: { snapshotIds: ['{own}'] } } },
      {
        name: 'policies',
        call: 'DescribeAutoSnapshotPolicies',
        input: { body: { autoSnapshotPolicyIds: ['{policy}'] } }
      }
    ],
    reads: {
      'snapshots left': member('snapshots', 'response.totalCount'),
      'disks of the policy': member('policies', 'response.dataSet.0.diskNum')
    },
    decides: 'zenlayer.releaseKeepsSnapshots'
  },
  {
    question: '14',
    asks: 'whether ReleaseDisk uses the recycle bin',
    writes: true,
    needs: ['zone'],
    steps: [
      makeDisk('14'),
      diskMade,
      { name: 'release', call: 'ReleaseDisk', input: { body: { diskId: '{ownDisk}' } } },
      {
        name: 'released',
        call: 'DescribeDisks',
        input: { body: { diskIds: ['{ownDisk}'] } },
        until: /"totalCount":0|"diskStatus":"RECYCLED"/
      }
    ],
    reads: { answer: verdict('release'), states: path('released', 'response.dataSet.0.diskStatus') },
    decides: 'zenlayer.recycleBin'
  },
  {
    question: '32',
    asks: 'which code operations have for a disk in the recycle bin',
    writes: true,
    needs: ['zone'],
    steps: [
      makeDisk('32'),
      diskMade,
      { name: 'release', call: 'ReleaseDisk', input: { body: { diskId: '{ownDisk}' } } },
      {
        name: 'released',
        call: 'DescribeDisks',
        input: { body: { diskIds: ['{ownDisk}'] } },
        until: /"totalCount":0|"diskStatus":"RECYCLED"/
      },
      { name: 'snapshot', call: 'CreateSnapshot', input: { body: { diskId: '{ownDisk}', snapshotName: '{tag}-32' } } },
      { name: 'resize', call: 'ResizeDisk', input: { body: { diskId: '{ownDisk}', diskSize: 21 } } },
      {
        name: 'rename',
        call: 'ModifyDisksAttributes',
        input: { body: { diskIds: ['{ownDisk}'], diskName: '{tag}-32' } }
      }
    ],
    reads: {
      CreateSnapshot: verdict('snapshot'),
      ResizeDisk: verdict('resize'),
      ModifyDisksAttributes: verdict('rename')
    },
    decides: 'zenlayer.md 3.1'
  },
  {
    question: '33',
    asks: 'whether a disk can be attached during its snapshot',
    writes: true,
    needs: ['disk', 'instance'],
    steps: [
      makeSnapshot('33'),
      { name: 'attach', call: 'AttachDisks', input: { body: { diskIds: ['{disk}'], instanceId: '{instance}' } } },
      made,
      diskFree,
      { name: 'detach', call: 'DetachDisks', input: { body: { diskIds: ['{disk}'], instanceCheckFlag: false } } },
      { ...diskFree, until: /"diskStatus":"AVAILABLE"/ }
    ],
    reads: { answer: verdict('attach') },
    decides: 'zenlayer.attachDuringSnapshot'
  }
]
