import type { Probe, Step } from '../probe.ts'
import { member, message, verdict } from '../readers.ts'
import { NO_VOLUME } from './refusals.ts'

const policy = (number: string, more: object = {}) => ({
  name: `{tag}-${number}`,
  timePoints: [0],
  repeatWeekdays: [1],
  retentionDays: 1,
  ...more
})
const make = (number: string, more: object = {}): Step => ({
  name: `make ${number}`,
  call: 'CreateAsp',
  input: { body: policy(number, more) },
  keep: { own: 'aspId' }
})
const attach: Step = {
  name: 'attach volume',
  call: 'AttachVolume',
  input: { params: { volumeId: '{disk}' }, body: { instanceId: '{instance}' } }
}
const attached: Step = {
  name: 'attached',
  call: 'GetVolume',
  input: { params: { volumeId: '{disk}' } },
  until: /"status":"(?:InUse|Available)"/
}
const detach: Step = {
  name: 'detach volume',
  call: 'DetachVolume',
  input: { params: { volumeId: '{disk}' }, body: { instanceId: '{instance}' } }
}
const detached: Step = { ...attached, name: 'detached', until: /"status":"Available"/ }

/** What policies take, keep and answer. */
export const policies: readonly Probe[] = [
  {
    question: 'Q3',
    asks: 'whether retentionDays ends at 10000 or at 65536',
    writes: true,
    steps: [make('3a', { retentionDays: 10_001 }), make('3b', { retentionDays: 65_537 })],
    reads: { '10001': verdict('make 3a'), '65537': verdict('make 3b') },
    decides: 'baidu.md 5.1.1'
  },
  {
    question: 'Q6',
    asks: 'how idempotence is worded',
    writes: true,
    steps: [
      { ...make('6a'), input: { query: { clientToken: '{tag}-6' }, body: policy('6a') } },
      { ...make('6b'), input: { query: { clientToken: '{tag}-6' }, body: policy('6b') } }
    ],
    reads: { 'another request': verdict('make 6b'), message: message('make 6b') },
    decides: 'baidu.md 1.9'
  },
  {
    question: 'Q10',
    asks: 'whether name filters compare in whole or in part',
    writes: true,
    needs: ['policy', 'disk'],
    steps: [
      { name: 'policies', call: 'ListAsps', input: { query: { aspName: '{tag}-pol' } } },
      { name: 'volumes', call: 'ListVolumes', input: { query: { name: '{tag}-dis' } } }
    ],
    reads: {
      'a part of aspName': (answers) =>
        member('policies', 'autoSnapshotPolicys.0')(answers) === '(nothing)' ? 'in whole' : 'in part',
      'a part of name': (answers) => (member('volumes', 'volumes.0')(answers) === '(nothing)' ? 'in whole' : 'in part')
    },
    decides: 'baidu.md 5.1.3'
  },
  {
    question: 'Q11',
    asks: 'whether attaching a policy can succeed in part',
    writes: true,
    needs: ['disk', 'policy', 'instance'],
    steps: [
      attach,
      attached,
      {
        name: 'some',
        call: 'AttachAsp',
        input: { params: { aspId: '{policy}' }, body: { volumeIds: ['{disk}', NO_VOLUME] } }
      },
      { name: 'then', call: 'GetAsp', input: { params: { aspId: '{policy}' } } },
      { name: 'unbind', call: 'DetachAsp', input: { params: { aspId: '{policy}' }, body: { volumeIds: ['{disk}'] } } },
      detach,
      detached
    ],
    reads: { 'one unknown': verdict('some'), 'bound then': member('then', 'autoSnapshotPolicy.volumeCount') },
    decides: 'baidu.md 5.1.6'
  },
  {
    question: 'Q12',
    asks: 'what becomes of a volume that another policy has',
    writes: true,
    needs: ['disk', 'policy', 'instance'],
    steps: [
      attach,
      attached,
      { name: 'first', call: 'AttachAsp', input: { params: { aspId: '{policy}' }, body: { volumeIds: ['{disk}'] } } },
      make('12'),
      { name: 'second', call: 'AttachAsp', input: { params: { aspId: '{own}' }, body: { volumeIds: ['{disk}'] } } },
      { name: 'then', call: 'GetAsp', input: { params: { aspId: '{policy}' } } },
      { name: 'unbind', call: 'DetachAsp', input: { params: { aspId: '{own}' }, body: { volumeIds: ['{disk}'] } } },
      detach,
      detached
    ],
    reads: { answer: verdict('second'), 'left with the first': member('then', 'autoSnapshotPolicy.volumeCount') },
    decides: 'baidu.md 5.1.6'
  },
  {
    question: 'Q13',
    asks: 'whether a policy with volumes can be deleted',
    writes: true,
    needs: ['zone'],
    steps: [
      make('13'),
      {
        name: 'volume',
        call: 'CreateVolume',
        input: {
          body: {
            name: '{tag}-13',
            cdsSizeInGB: 5,
            storageType: 'cloud_hp1',
            zoneName: '{zone}',
            autoSnapshotPolicy: { autoSnapshotPolicyId: '{own}' }
          }
        },
        keep: { ownVolume: 'volumeIds.0' }
      },
      {
        name: 'made',
        call: 'GetVolume',
        input: { params: { volumeId: '{ownVolume}' } },
        until: /"status":"Available"/
      },
      { name: 'bound', call: 'GetAsp', input: { params: { aspId: '{own}' } } },
      { name: 'delete', call: 'DeleteAsp', input: { params: { aspId: '{own}' } } },
      { name: 'then', call: 'GetVolume', input: { params: { volumeId: '{ownVolume}' } } }
    ],
    reads: {
      volumes: member('bound', 'autoSnapshotPolicy.volumeCount'),
      answer: verdict('delete'),
      'policy of the volume then': member('then', 'volume.autoSnapshotPolicy')
    },
    decides: 'baidu.md 5.1.5'
  },
  {
    question: 'Q14',
    asks: 'what detaching a volume does that is unbound or unknown',
    writes: true,
    needs: ['disk', 'policy'],
    steps: [
      { name: 'unbound', call: 'DetachAsp', input: { params: { aspId: '{policy}' }, body: { volumeIds: ['{disk}'] } } },
      { name: 'unknown', call: 'DetachAsp', input: { params: { aspId: '{policy}' }, body: { volumeIds: [NO_VOLUME] } } }
    ],
    reads: { unbound: verdict('unbound'), unknown: verdict('unknown') },
    decides: 'baidu.md 5.1.7'
  },
  {
    question: 'Q15',
    asks: 'what members missing in an update mean',
    writes: true,
    needs: ['policy'],
    steps: [
      { name: 'update', call: 'UpdateAsp', input: { body: { aspId: '{policy}', retentionDays: 2 } } },
      { name: 'then', call: 'GetAsp', input: { params: { aspId: '{policy}' } } }
    ],
    reads: {
      answer: verdict('update'),
      'timePoints then': member('then', 'autoSnapshotPolicy.timePoints'),
      'retentionDays then': member('then', 'autoSnapshotPolicy.retentionDays')
    },
    decides: 'baidu.md 5.1.2'
  },
  {
    question: 'Q17',
    asks: 'what empty lists, duplicates and elements of wrong type get',
    writes: true,
    steps: [
      make('17a', { timePoints: [] }),
      make('17b', { timePoints: [3, 1, 1] }),
      { name: 'then', call: 'GetAsp', input: { params: { aspId: '{own}' } } },
      make('17c', { timePoints: ['x'] })
    ],
    reads: {
      empty: verdict('make 17a'),
      twice: member('then', 'autoSnapshotPolicy.timePoints'),
      'no number': verdict('make 17c')
    },
    decides: 'baidu.md 5.1.1'
  },
  {
    question: 'Q18',
    asks: 'what lastExecuteTime is ahead of the first run',
    writes: true,
    needs: ['policy'],
    steps: [{ name: 'policy', call: 'GetAsp', input: { params: { aspId: '{policy}' } } }],
    reads: { lastExecuteTime: member('policy', 'autoSnapshotPolicy.lastExecuteTime') },
    decides: 'baidu.md 4.1'
  },
  {
    question: 'Q20',
    asks: 'what detaching a volume means to its policy',
    writes: true,
    needs: ['disk', 'policy', 'instance'],
    steps: [
      attach,
      attached,
      { name: 'bind', call: 'AttachAsp', input: { params: { aspId: '{policy}' }, body: { volumeIds: ['{disk}'] } } },
      detach,
      detached,
      { name: 'unbind', call: 'DetachAsp', input: { params: { aspId: '{policy}' }, body: { volumeIds: ['{disk}'] } } }
    ],
    reads: { 'policy then': member('detached', 'volume.autoSnapshotPolicy.name') },
    decides: 'baidu.md 5.1.8'
  }
]
