import type { Composed } from '../../clouds/cloud.ts'
import type { Probe } from '../probe.ts'
import { headers, member, order, verdict } from '../readers.ts'

/** Ids that no account has. */
export const NO_DISK = '1000000000000000001'
export const NO_SNAPSHOT = '1000000000000000002'
export const NO_POLICY = '1000000000000000003'
const NO_INSTANCE = '1000000000000000004'
const NO_GROUP = '00000000-0000-4000-8000-000000000000'

const BODY_MAX = 1024 ** 2

function raw(headers: Composed['headers'], more: Partial<Composed> = {}): Composed {
  return { method: 'POST', url: '/api/v2/zec', headers, body: { json: {} }, ...more }
}
const JSON_TYPE: [string, string] = ['content-type', 'application/json']
const ACTION: [string, string] = ['x-zc-action', 'DescribeZones']
const VERSION: [string, string] = ['x-zc-version', '2025-09-01']
const ZONES = raw([JSON_TYPE, ACTION, VERSION])

/** What refusals look like: nothing can come of any of these calls. */
export const refusals: readonly Probe[] = [
  {
    question: '13',
    asks: 'the code for an unknown disk',
    steps: [
      {
        name: 'snapshot',
        call: 'CreateSnapshot',
        input: { body: { diskId: NO_DISK, snapshotName: 'probe' } },
        isRefused: true
      },
      {
        name: 'attach',
        call: 'AttachDisks',
        input: { body: { diskIds: [NO_DISK], instanceId: NO_INSTANCE } },
        isRefused: true
      },
      { name: 'release', call: 'ReleaseDisk', input: { body: { diskId: NO_DISK } }, isRefused: true }
    ],
    reads: { CreateSnapshot: verdict('snapshot'), AttachDisks: verdict('attach'), ReleaseDisk: verdict('release') },
    decides: 'zenlayer.diskNotFoundCode'
  },
  {
    question: '15',
    asks: 'an unknown action or version, or neither named',
    steps: [
      { name: 'action', call: raw([JSON_TYPE, ['x-zc-action', 'DescribeNothing'], VERSION]) },
      { name: 'version', call: raw([JSON_TYPE, ACTION, ['x-zc-version', '2001-01-01']]) },
      { name: 'no action', call: raw([JSON_TYPE, VERSION]) },
      { name: 'no version', call: raw([JSON_TYPE, ACTION]) }
    ],
    reads: {
      'unknown action': verdict('action'),
      'unknown version': verdict('version'),
      'no action': verdict('no action'),
      'no version': verdict('no version')
    },
    decides: 'zenlayer.md 2.3'
  },
  {
    question: '15a',
    asks: 'a body of more than 1 MiB',
    steps: [{ name: 'large', call: { ...ZONES, body: { text: `{${' '.repeat(BODY_MAX)}}` } } }],
    reads: { answer: verdict('large') },
    decides: 'zenlayer.md 2.3'
  },
  {
    question: '16',
    asks: 'another method, path or content type',
    steps: [
      { name: 'method', call: { ...ZONES, method: 'PUT' } },
      { name: 'path', call: { ...ZONES, url: '/api/v2/nothing' } },
      { name: 'type', call: raw([['content-type', 'text/plain'], ACTION, VERSION]) }
    ],
    reads: { PUT: verdict('method'), 'another path': verdict('path'), 'text/plain': verdict('type') },
    decides: 'zenlayer.md 2.3'
  },
  {
    question: '17',
    asks: 'a body that is no JSON, an empty one',
    steps: [
      { name: 'no json', call: { ...ZONES, body: { text: '{"zoneIds":' } } },
      { name: 'empty', call: { method: ZONES.method, url: ZONES.url, headers: ZONES.headers } }
    ],
    reads: { 'no JSON': verdict('no json'), empty: verdict('empty') },
    decides: 'zenlayer.md 1.3'
  },
  {
    question: '18',
    asks: 'an unknown access key, a wrong bearer token',
    steps: [
      { name: 'key', call: ZONES, change: { strangeKey: true } },
      { name: 'bearer', call: ZONES, change: { headers: { authorization: 'Bearer nobody-has-this-token' } } }
    ],
    reads: { 'unknown key': verdict('key'), 'wrong token': verdict('bearer') },
    decides: 'zenlayer.md 2.3'
  },
  {
    question: '18a',
    asks: 'no timestamp, another signature method, a content type that is not signed',
    steps: [
      { name: 'timestamp', call: ZONES, change: { without: ['x-zc-timestamp'] } },
      { name: 'method', call: ZONES, change: { headers: { 'x-zc-signature-method': 'ZC2-HMAC-SHA1' } } },
      {
        name: 'unsigned',
        call: ZONES,
        change: {
          headers: {
            authorization: `ZC2-HMAC-SHA256 Credential=probe, SignedHeaders=host, Signature=${'0'.repeat(64)}`
          }
        }
      }
    ],
    reads: {
      'no timestamp': verdict('timestamp'),
      'another method': verdict('method'),
      'type not signed': verdict('unsigned')
    },
    decides: 'zenlayer.md 2.3'
  },
  {
    question: '23',
    asks: 'unknown members, an explicit null',
    steps: [
      { name: 'unknown', call: 'DescribeDisks', input: { body: { pageSize: 1, nothingOfTheKind: 1 } } },
      { name: 'null', call: 'DescribeDisks', input: { body: { pageSize: 1, zoneId: null } } }
    ],
    reads: { 'unknown member': verdict('unknown'), null: verdict('null') },
    decides: 'zenlayer.md 1.3'
  },
  {
    question: '29',
    asks: 'content type and headers of an answer',
    steps: [{ name: 'answer', call: 'DescribeZones' }],
    reads: { headers: headers('answer') },
    decides: 'zenlayer.md 1.5'
  },
  {
    question: '31',
    asks: 'the errors of operations whose tables could not be read',
    steps: [
      {
        name: 'create',
        call: 'CreateDisks',
        input: { body: { zoneId: 'no-zone-1a', diskName: 'probe', diskSize: 20 } },
        isRefused: true
      },
      { name: 'detach', call: 'DetachDisks', input: { body: { diskIds: [NO_DISK] } }, isRefused: true },
      { name: 'resize', call: 'ResizeDisk', input: { body: { diskId: NO_DISK, diskSize: 40 } }, isRefused: true },
      {
        name: 'rename',
        call: 'ModifyDisksAttributes',
        input: { body: { diskIds: [NO_DISK], diskName: 'probe' } },
        isRefused: true
      },
      {
        name: 'group',
        call: 'ModifyDisksResourceGroup',
        input: { body: { diskIds: [NO_DISK], resourceGroupId: NO_GROUP } },
        isRefused: true
      },
      {
        name: 'policies',
        call: 'DeleteAutoSnapshotPolicies',
        input: { body: { autoSnapshotPolicyIds: [NO_POLICY] } },
        isRefused: true
      },
      {
        name: 'policy',
        call: 'ModifyAutoSnapshotPolicy',
        input: { body: { autoSnapshotPolicyId: NO_POLICY, hours: [1] } },
        isRefused: true
      },
      { name: 'start', call: 'StartInstances', input: { body: { instanceIds: [NO_INSTANCE] } }, isRefused: true },
      { name: 'stop', call: 'StopInstances', input: { body: { instanceIds: [NO_INSTANCE] } }, isRefused: true }
    ],
    reads: {
      'CreateDisks in no zone': verdict('create'),
      DetachDisks: verdict('detach'),
      ResizeDisk: verdict('resize'),
      ModifyDisksAttributes: verdict('rename'),
      ModifyDisksResourceGroup: verdict('group'),
      DeleteAutoSnapshotPolicies: verdict('policies'),
      ModifyAutoSnapshotPolicy: verdict('policy'),
      StartInstances: verdict('start'),
      StopInstances: verdict('stop')
    },
    decides: 'zenlayer.md 5'
  },
  {
    question: '34',
    asks: 'one signature, seen twice',
    // A signature is over the second and the body, so what is sent at once is signed alike.
    steps: [
      { name: 'first', call: 'DescribeZones' },
      { name: 'second', call: 'DescribeZones' },
      { name: 'third', call: 'DescribeZones' }
    ],
    reads: { second: verdict('second'), third: verdict('third') },
    decides: 'zenlayer.md 2.3'
  },
  {
    question: '21',
    asks: 'the largest pageSize of the two lists, and their order',
    steps: [
      { name: 'snapshots', call: 'DescribeSnapshots', input: { body: { pageSize: 1000 } } },
      { name: 'more snapshots', call: 'DescribeSnapshots', input: { body: { pageSize: 1001 } } },
      { name: 'policies', call: 'DescribeAutoSnapshotPolicies', input: { body: { pageSize: 1000 } } },
      { name: 'more policies', call: 'DescribeAutoSnapshotPolicies', input: { body: { pageSize: 1001 } } }
    ],
    reads: {
      '1000 snapshots': verdict('snapshots'),
      '1001 snapshots': verdict('more snapshots'),
      '1000 policies': verdict('policies'),
      '1001 policies': verdict('more policies'),
      'order of snapshots': order('snapshots', 'response.dataSet', 'createTime'),
      'order of policies': order('policies', 'response.dataSet', 'createTime')
    },
    decides: 'zenlayer.md 1.10'
  },
  {
    question: '8',
    asks: 'DeleteAutoSnapshotPolicies: with disks, some unknown, how many at once',
    writes: true,
    needs: ['zone', 'disk'],
    steps: [
      {
        name: 'many',
        call: 'DeleteAutoSnapshotPolicies',
        input: {
          body: {
            autoSnapshotPolicyIds: Array.from({ length: 101 }, (_, n) => String(1_000_000_000_000_000_100 + n * 1000))
          }
        },
        isRefused: true
      },
      {
        name: 'make',
        call: 'CreateAutoSnapshotPolicy',
        input: {
          body: {
            zoneId: '{zone}',
            autoSnapshotPolicyName: '{tag}-8',
            repeatWeekDays: [1],
            hours: [0],
            retentionDays: 1
          }
        },
        keep: { own: 'response.autoSnapshotPolicyId' }
      },
      {
        name: 'apply',
        call: 'ApplyAutoSnapshotPolicy',
        input: { body: { autoSnapshotPolicyId: '{own}', diskIds: ['{disk}'] } }
      },
      {
        name: 'some',
        call: 'DeleteAutoSnapshotPolicies',
        input: { body: { autoSnapshotPolicyIds: ['{own}', NO_POLICY] } }
      },
      { name: 'left', call: 'DescribeAutoSnapshotPolicies', input: { body: { autoSnapshotPolicyIds: ['{own}'] } } },
      { name: 'delete', call: 'DeleteAutoSnapshotPolicies', input: { body: { autoSnapshotPolicyIds: ['{own}'] } } },
      { name: 'disk', call: 'DescribeDisks', input: { body: { diskIds: ['{disk}'] } } }
    ],
    reads: {
      '101 unknown': verdict('many'),
      'one unknown': verdict('some'),
      'left then': member('left', 'response.totalCount'),
      'with a disk': verdict('delete'),
      'policy of the disk then': member('disk', 'response.dataSet.0.autoSnapshotPolicyId')
    },
    decides: 'zenlayer.md 5.9'
  }
]
