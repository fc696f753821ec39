import type { Probe } from '../probe.ts'
import { member, verdict } from '../readers.ts'
import { NO_DISK } from './refusals.ts'

const policy = (number: string, more: object = {}) => ({
  zoneId: '{zone}',
  autoSnapshotPolicyName: `{tag}-${number}`,
  repeatWeekDays: [1],
  hours: [0],
  retentionDays: 1,
  ...more
})

/** What values are taken for, where the pages leave it open. */
export const attributes: readonly Probe[] = [
  {
    question: '7',
    asks: 'the status of two codes',
    writes: true,
    needs: ['zone', 'disk', 'snapshot', 'policy'],
    steps: [
      {
        name: 'apply',
        call: 'ApplyAutoSnapshotPolicy',
        input: { body: { autoSnapshotPolicyId: '{policy}', diskIds: ['{disk}'] } }
      },
      {
        name: 'make',
        call: 'CreateAutoSnapshotPolicy',
        input: { body: policy('7') },
        keep: { own: 'response.autoSnapshotPolicyId' }
      },
      {
        name: 'second',
        call: 'ApplyAutoSnapshotPolicy',
        input: { body: { autoSnapshotPolicyId: '{own}', diskIds: ['{disk}'] } }
      },
      {
        name: 'cancel',
        call: 'CancelAutoSnapshotPolicy',
        input: { body: { autoSnapshotPolicyId: '{policy}', diskIds: ['{disk}'] } }
      },
      {
        name: 'small',
        call: 'CreateDisks',
        input: { body: { zoneId: '{zone}', diskName: '{tag}-7', diskSize: 20, snapshotId: '{snapshot}' } }
      }
    ],
    reads: { 'another policy': verdict('second'), 'smaller than the snapshot': verdict('small') },
    decides: 'zenlayer.md 3.2'
  },
  {
    question: '19',
    asks: 'isPermanent beside retentionTime; no attribute at all',
    writes: true,
    needs: ['snapshot'],
    steps: [
      {
        name: 'both',
        call: 'ModifySnapshotsAttribute',
        input: { body: { snapshotIds: ['{snapshot}'], isPermanent: true, retentionTime: '{+48h}' } }
      },
      { name: 'then', call: 'DescribeSnapshots', input: { body: { snapshotIds: ['{snapshot}'] } } },
      { name: 'nothing', call: 'ModifySnapshotsAttribute', input: { body: { snapshotIds: ['{snapshot}'] } } }
    ],
    reads: {
      both: verdict('both'),
      'permanent then': (answers) =>
        member('then', 'response.dataSet.0.retentionTime')(answers) === 'null' ? 'yes' : 'no',
      'no attribute': verdict('nothing')
    },
    decides: 'zenlayer.md 5.3'
  },
  {
    question: '20',
    asks: 'the 24 hours of retentionTime on the very limit, and when they are checked',
    writes: true,
    needs: ['snapshot'],
    steps: [
      {
        name: 'unknown',
        call: 'CreateSnapshot',
        input: { body: { diskId: NO_DISK, snapshotName: 'probe', retentionTime: '{+1h}' } },
        isRefused: true
      },
      {
        name: 'below',
        call: 'ModifySnapshotsAttribute',
        input: { body: { snapshotIds: ['{snapshot}'], retentionTime: '{+24h-20s}' } }
      },
      {
        name: 'above',
        call: 'ModifySnapshotsAttribute',
        input: { body: { snapshotIds: ['{snapshot}'], retentionTime: '{+24h+20s}' } }
      }
    ],
    reads: {
      'too early, of an unknown disk': verdict('unknown'),
      'below 24 h': verdict('below'),
      'above 24 h': verdict('above')
    },
    decides: 'zenlayer.md 5.1'
  },
  {
    question: '22',
    asks: 'how tag filters combine',
    writes: true,
    needs: ['disk'],
    steps: [
      {
        name: 'both',
        call: 'DescribeDisks',
        input: {
          body: {
            tags: [
              { key: 'snapstand', value: '{tag}' },
              { key: 'snapstand-none', value: 'none' }
            ]
          }
        }
      },
      { name: 'one', call: 'DescribeDisks', input: { body: { tags: [{ key: 'snapstand', value: '{tag}' }] } } }
    ],
    reads: {
      'of two tags one': (answers) =>
        member('both', 'response.totalCount')(answers) === '0' ? 'not found: AND' : 'found: OR'
    },
    decides: 'zenlayer.md 1.10'
  },
  {
    question: '25',
    asks: 'a week day or hour that comes twice, and their order in answers',
    writes: true,
    needs: ['zone'],
    steps: [
      {
        name: 'make',
        call: 'CreateAutoSnapshotPolicy',
        input: { body: policy('25', { repeatWeekDays: [3, 1, 1], hours: [5, 2, 2] }) },
        keep: { own: 'response.autoSnapshotPolicyId' }
      },
      { name: 'then', call: 'DescribeAutoSnapshotPolicies', input: { body: { autoSnapshotPolicyIds: ['{own}'] } } }
    ],
    reads: {
      answer: verdict('make'),
      'week days': member('then', 'response.dataSet.0.repeatWeekDays'),
      hours: member('then', 'response.dataSet.0.hours')
    },
    decides: 'zenlayer.md 5.6'
  },
  {
    question: '28',
    asks: 'whether a disk must be in the zone of the snapshot that it is made of',
    writes: true,
    needs: ['snapshot', 'otherZone'],
    steps: [
      {
        name: 'make',
        call: 'CreateDisks',
        input: { body: { zoneId: '{otherZone}', diskName: '{tag}-28', diskSize: 21, snapshotId: '{snapshot}' } }
      }
    ],
    reads: { answer: verdict('make') },
    decides: 'zenlayer.md 5.13'
  },
  {
    question: '35',
    asks: 'diskNames that are not diskAmount; instanceChargePostpaid',
    writes: true,
    needs: ['zone'],
    steps: [
      {
        name: 'names',
        call: 'CreateDisks',
        input: {
          body: {
            zoneId: '{zone}',
            diskName: '{tag}-35',
            diskNames: ['{tag}-35', '{tag}-35b'],
            diskSize: 20,
            diskAmount: 1
          }
        }
      },
      {
        name: 'postpaid',
        call: 'CreateDisks',
        input: { body: { zoneId: '{zone}', diskName: '{tag}-35', diskSize: 20, instanceChargePostpaid: { period: 1 } } }
      }
    ],
    reads: { 'two names for one disk': verdict('names'), instanceChargePostpaid: verdict('postpaid') },
    decides: 'zenlayer.md 5.13'
  },
  {
    question: '36',
    asks: 'StartInstances in the wrong status',
    writes: true,
    needs: ['instance'],
    steps: [
      { name: 'status', call: 'DescribeInstancesStatus', input: { body: { instanceIds: ['{instance}'] } } },
      { name: 'start', call: 'StartInstances', input: { body: { instanceIds: ['{instance}'] } } }
    ],
    reads: { status: member('status', 'response.dataSet.0.instanceStatus'), answer: verdict('start') },
    decides: 'zenlayer.md 5.29'
  }
]
