import { expect, test } from 'vitest'
import { baidu } from '../../../../src/providers/baidu/index.ts'
import { stages } from '../stage.ts'
import { baiduCodes, baiduWordings } from './specified.ts'

const stage = stages()

// Every code that a row lists, reached by state or input of a world and never by a fault, with its literal message.

type Step = readonly [way: string, body?: unknown]
interface Case {
  readonly why: string
  readonly call: Step
  readonly settings?: Readonly<Record<string, unknown>>
  readonly before?: readonly Step[]
}
type Cases = Readonly<Record<string, Case | readonly Case[]>>

const policy = { name: 'daily', timePoints: ['20'], repeatWeekdays: ['1', '5'], retentionDays: '7' }
const update = { aspId: 'asp-one' }
const tag = { tagKey: 'k', tagValue: 'v' }

/** The four codes of a policy's members, for creation and update. */
function policyCases(way: string, base: object): Cases {
  const wrong = (why: string, member: object): Case => ({ why, call: [way, { ...base, ...member }] })
  return {
    'Asp.NameInvalid': [
      wrong('begins with a digit', { name: '1st' }),
      wrong('has 66 characters', { name: 'a'.repeat(66) }),
      wrong('has a forbidden character', { name: 'a!' })
    ],
    'Asp.RetentionDaysInvalid': [
      wrong('is 0', { retentionDays: '0' }),
      wrong('is 10001', { retentionDays: 10_001 }),
      wrong('is -2', { retentionDays: -2 }),
      wrong('is no number', { retentionDays: 'week' })
    ],
    'Asp.TimePointsInvalid': [
      wrong('are none', { timePoints: [] }),
      wrong('hold 24', { timePoints: ['20', '24'] }),
      wrong('hold 1.5', { timePoints: [1.5] }),
      wrong('hold null', { timePoints: [null] }),
      wrong('hold text', { timePoints: ['x'] })
    ],
    'Asp.RepeatWeekdaysInvalid': [
      wrong('are none', { repeatWeekdays: [] }),
      wrong('hold 7', { repeatWeekdays: [0, 7] }),
      wrong('hold -1', { repeatWeekdays: [-1] }),
      {
        ...wrong('hold 8 though 7 is accepted', { repeatWeekdays: ['8'] }),
        settings: { 'baidu.acceptWeekday7': true }
      }
    ]
  }
}
/** 404 for an id in the path that nothing has. */
function unknown(way: string, body?: unknown): Case {
  return { why: 'of an unknown id', call: [way, body] }
}
function badPage(path: string): readonly Case[] {
  return [
    { why: 'maxKeys is 0', call: [`GET ${path}?maxKeys=0`] },
    { why: 'maxKeys is text', call: [`GET ${path}?maxKeys=ten`] },
    { why: 'the marker names nothing', call: [`GET ${path}?marker=none`] }
  ]
}
function createdFrom(way: string, size: string): Cases {
  return {
    BadRequest: [
      { why: 'neither size nor snapshot', call: [way, {}] },
      { why: 'a size of 4', call: [way, { [size]: 4 }] },
      { why: 'a size of 32766', call: [way, { [size]: 32_766 }] },
      { why: 'an unknown zone', call: [way, { [size]: 5, zoneName: 'cn-bj-z' }] },
      { why: 'an unknown payment form', call: [way, { [size]: 5, chargeType: 'Barter' }] },
      { why: 'an unknown storage type', call: [way, { [size]: 5, storageType: 'cloud_hp2' }] },
      { why: 'six volumes', call: [way, { [size]: 5, purchaseCount: 6 }] },
      { why: 'an instance of another zone', call: [way, { [size]: 5, zoneName: 'cn-bj-e', instanceId: 'i-running' }] }
    ],
    NoSuchObject: [{ why: 'an unknown instance', call: [way, { [size]: 5, instanceId: 'none' }] }],
    OperationDenied: { why: 'an instance that starts', call: [way, { [size]: 5, instanceId: 'i-starting' }] }
  }
}
/** What the data volumes of new instances are refused for. */
function withDisks(way: string, base: object): Cases {
  const wrong = (why: string, disk: object, more: object = {}): Case => ({
    why,
    call: [way, { ...base, createCdsList: [{ cdsSizeInGB: 200, ...disk }], ...more }]
  })
  return {
    NoSuchObject: [
      wrong('an unknown snapshot', { snapshotId: 's-none' }),
      wrong('an unknown snapshot, as the page writes it', { snapShotId: 's-none' }),
      wrong('an unknown policy', {}, { aspId: 'asp-none' })
    ],
    OperationDenied: wrong('a snapshot that is made', { snapshotId: 's-creating' })
  }
}

const cases: Readonly<Record<string, Cases>> = {
  CreateAsp: {
    BadRequest: [
      { why: 'no timePoints', call: ['POST /v2/asp', { ...policy, timePoints: null }] },
      { why: 'timePoints is text', call: ['POST /v2/asp', { ...policy, timePoints: '20' }] }
    ],
    ...policyCases('POST /v2/asp', policy)
  },
  UpdateAsp: {
    BadRequest: { why: 'no aspId', call: ['PUT /v2/asp/update', policy] },
    ...policyCases('PUT /v2/asp/update', update),
    NoSuchObject: { why: 'an unknown aspId', call: ['PUT /v2/asp/update', { ...policy, aspId: 'asp-none' }] }
  },
  ListAsps: { BadRequest: badPage('/v2/asp') },
  GetAsp: {
    NoSuchObject: [
      unknown('GET /v2/asp/asp-none'),
      { why: 'a deleted policy', before: [['DELETE /v2/asp/asp-one']], call: ['GET /v2/asp/asp-one'] }
    ]
  },
  DeleteAsp: {
    NoSuchObject: { why: 'twice', before: [['DELETE /v2/asp/asp-one']], call: ['DELETE /v2/asp/asp-one'] }
  },
  AttachAsp: {
    'Asp.VolumeTypeInvalid': { why: 'a local disk', call: ['PUT /v2/asp/asp-one?attach', { volumeIds: ['v-local'] }] },
    'Asp.VolumeStatusInvalid': [
      { why: 'not attached', call: ['PUT /v2/asp/asp-one?attach', { volumeIds: ['v-used', 'v-free'] }] },
      { why: 'being resized', call: ['PUT /v2/asp/asp-one?attach', { volumeIds: ['v-scaling'] }] }
    ],
    BadRequest: [
      { why: 'no volumeIds', call: ['PUT /v2/asp/asp-one?attach', {}] },
      { why: 'no volume, before the policy is looked up', call: ['PUT /v2/asp/asp-none?attach=', { volumeIds: [] }] }
    ],
    NoSuchObject: [
      unknown('PUT /v2/asp/asp-none?attach', { volumeIds: ['v-used'] }),
      { why: 'an unknown volume', call: ['PUT /v2/asp/asp-one?attach=', { volumeIds: ['v-used', 'none'] }] },
      { why: 'a recycled volume', call: ['PUT /v2/asp/asp-one?attach', { volumeIds: ['v-recycled'] }] }
    ]
  },
  DetachAsp: {
    BadRequest: { why: 'no volumeIds', call: ['PUT /v2/asp/asp-one?detach'] },
    NoSuchObject: unknown('PUT /v2/asp/asp-none?detach', { volumeIds: ['v-used'] })
  },
  CreateSnapshot: {
    BadRequest: [
      { why: 'no volumeId', call: ['POST /v2/snapshot', { snapshotName: 'x' }] },
      { why: 'no name', call: ['POST /v2/snapshot', { volumeId: 'v-free' }] },
      {
        why: 'retention of 0 days',
        call: ['POST /v2/snapshot', { volumeId: 'v-free', snapshotName: 'x', retentionInDays: 0 }]
      },
      { why: 'a "!" in desc', call: ['POST /v2/snapshot', { volumeId: 'v-free', snapshotName: 'x', desc: '!' }] }
    ],
    'Snapshot.SnapshotNameInvalid': [
      { why: 'a digit first', call: ['POST /v2/snapshot', { volumeId: 'v-free', snapshotName: '1st' }] },
      { why: 'empty', call: ['POST /v2/snapshot', { volumeId: 'v-free', snapshotName: '' }] }
    ],
    'Instance.SnapshotLimitExceeded': {
      why: 'a volume at its limit',
      settings: { 'baidu.manualSnapshotLimit': 1 },
      call: ['POST /v2/snapshot', { volumeId: 'v-used', snapshotName: 'x' }]
    },
    NoSuchObject: { why: 'an unknown volume', call: ['POST /v2/snapshot', { volumeId: 'none', snapshotName: 'x' }] },
    OperationDenied: [
      { why: 'a volume at work', call: ['POST /v2/snapshot', { volumeId: 'v-scaling', snapshotName: 'x' }] },
      {
        why: 'a system disk of an instance that starts',
        call: ['POST /v2/snapshot', { volumeId: 'i-starting', snapshotName: 'x' }]
      },
      { why: 'a local disk', call: ['POST /v2/snapshot', { volumeId: 'v-local', snapshotName: 'x' }] }
    ]
  },
  ListSnapshots: { BadRequest: badPage('/v2/snapshot') },
  GetSnapshot: { NoSuchObject: unknown('GET /v2/snapshot/none') },
  DeleteSnapshot: {
    NoSuchObject: { why: 'twice', before: [['DELETE /v2/snapshot/s-ok']], call: ['DELETE /v2/snapshot/s-ok'] },
    SnapshotOperationForbidden: [
      { why: 'while it is made', call: ['DELETE /v2/snapshot/s-creating'] },
      { why: 'not available', call: ['DELETE /v2/snapshot/s-broken'] }
    ]
  },
  ModifySnapshotAttribute: {
    BadRequest: [
      { why: 'for ever', call: ['PUT /v2/snapshot/s-ok?modifyAttribute', { retentionInDays: -1 }] },
      { why: '10001 days', call: ['PUT /v2/snapshot/s-ok?modifyAttribute', { retentionInDays: 10_001 }] }
    ],
    'Snapshot.SnapshotNameInvalid': {
      why: 'a digit first',
      call: ['PUT /v2/snapshot/s-ok?modifyAttribute', { snapshotName: '1st' }]
    },
    NoSuchObject: unknown('PUT /v2/snapshot/none?modifyAttribute', { desc: 'x' })
  },
  ListSnapchain: {
    BadRequest: [
      { why: 'an unknown order', call: ['GET /v2/snapshot/chain?orderBy=name'] },
      { why: 'page 0', call: ['GET /v2/snapshot/chain?pageNo=0'] }
    ]
  },
  BindTagSnapchain: {
    BadRequest: { why: 'no changeTags', call: ['PUT /v2/snapshot/chain/sl-none/tag?bind', {}] },
    NoSuchObject: unknown('PUT /v2/snapshot/chain/sl-none/tag?bind', { changeTags: [tag] })
  },
  UnbindTagSnapchain: {
    BadRequest: { why: 'no changeTags', call: ['PUT /v2/snapshot/chain/sl-none/tag?unbind', {}] },
    NoSuchObject: unknown('PUT /v2/snapshot/chain/sl-none/tag?unbind', { changeTags: [tag] })
  },
  RemoteCopySnapshot: {
    OperationDenied: [
      { why: 'no destinations', call: ['PUT /v2/snapshot/remote_copy/s-ok', {}] },
      { why: 'a wrong type', call: ['POST /v2/snapshot/remote_copy/s-ok', { destRegionInfos: 'bj' }] },
      {
        why: 'an unknown region',
        call: ['PUT /v2/snapshot/remote_copy/s-ok', { destRegionInfos: [{ name: 'x', destRegion: 'mars' }] }]
      },
      {
        why: 'a snapshot in the making',
        call: ['PUT /v2/snapshot/remote_copy/s-creating', { destRegionInfos: [{ name: 'x', destRegion: 'gz' }] }]
      }
    ],
    NoSuchObject: unknown('PUT /v2/snapshot/remote_copy/none', { destRegionInfos: [{ name: 'x', destRegion: 'gz' }] }),
    'snapshot.CannotCopy': {
      why: 'an encrypted snapshot',
      call: ['PUT /v2/snapshot/remote_copy/s-encrypted', { destRegionInfos: [{ name: 'x', destRegion: 'gz' }] }]
    }
  },
  CreateSnapshotShare: {
    BadRequest: [
      { why: 'no accounts', call: ['POST /v2/snapshot/share', { snapshotId: 's-ok' }] },
      {
        why: '101 accounts',
        call: [
          'POST /v2/snapshot/share',
          { snapshotId: 's-ok', accountIds: Array.from({ length: 101 }, (_, index) => `a${index}`) }
        ]
      },
      { why: 'a system disk', call: ['POST /v2/snapshot/share', { snapshotId: 's-boot', accountIds: ['a'] }] },
      { why: 'an encrypted one', call: ['POST /v2/snapshot/share', { snapshotId: 's-encrypted', accountIds: ['a'] }] }
    ],
    NoSuchObject: { why: 'unknown', call: ['POST /v2/snapshot/share', { snapshotId: 'none', accountIds: ['a'] }] },
    OperationDenied: {
      why: 'in the making',
      call: ['POST /v2/snapshot/share', { snapshotId: 's-creating', accountIds: ['a'] }]
    }
  },
  CancelSnapshotShare: {
    BadRequest: [
      { why: 'neither id', call: ['POST /v2/snapshot/unShare', { sourceSnapshotId: '', shareSnapshotId: '' }] },
      { why: 'a system disk', call: ['POST /v2/snapshot/unShare', { sourceSnapshotId: 's-boot' }] }
    ],
    NoSuchObject: [
      { why: 'an unknown source', call: ['POST /v2/snapshot/unShare', { sourceSnapshotId: 'none' }] },
      { why: 'an unknown share', call: ['POST /v2/snapshot/unShare', { shareSnapshotId: 'none' }] }
    ]
  },
  ListSnapshotShare: {
    BadRequest: [
      { why: 'maxKeys is 0 in the query', call: ['GET /v2/snapshot/snapshotShare/list?maxKeys=0'] },
      { why: 'maxKeys is -1 in the body', call: ['POST /v2/snapshot/snapshotShare/list', { maxKeys: -1 }] }
    ]
  },
  CreateVolume: {
    ...createdFrom('POST /v2/volume', 'cdsSizeInGB'),
    BadRequest: [
      ...[createdFrom('POST /v2/volume', 'cdsSizeInGB').BadRequest ?? []].flat(),
      { why: 'smaller than its snapshot', call: ['POST /v2/volume', { snapshotId: 's-ok', cdsSizeInGB: 99 }] },
      { why: 'of a system disk', call: ['POST /v2/volume', { snapshotId: 's-boot', cdsSizeInGB: 100 }] },
      { why: 'a name that begins with a digit', call: ['POST /v2/volume', { cdsSizeInGB: 5, name: '1st' }] },
      {
        why: 'a reservation of ten months',
        call: [
          'POST /v2/volume',
          { cdsSizeInGB: 5, billing: { paymentTiming: 'Prepaid', reservation: { reservationLength: 10 } } }
        ]
      }
    ],
    NoSuchObject: [
      { why: 'an unknown snapshot', call: ['POST /v2/volume', { snapshotId: 'none' }] },
      { why: 'an unknown share', call: ['POST /v2/volume', { shareSnapshotId: 'none' }] },
      { why: 'an unknown instance', call: ['POST /v2/volume', { cdsSizeInGB: 5, instanceId: 'none' }] },
      { why: 'an unknown policy', call: ['POST /v2/volume', { cdsSizeInGB: 5, autoSnapshotPolicy: { id: 'none' } }] }
    ],
    OperationDenied: [
      { why: 'a snapshot in the making', call: ['POST /v2/volume', { snapshotId: 's-creating' }] },
      { why: 'an instance that starts', call: ['POST /v2/volume', { cdsSizeInGB: 5, instanceId: 'i-starting' }] }
    ]
  },
  SyncCreateVolume: {
    ...createdFrom('POST /v2/volume/syncCreate', 'cdsSizeInGB'),
    BadRequest: { why: 'Prepaid', call: ['POST /v2/volume/syncCreate', { cdsSizeInGB: 5, chargeType: 'Prepaid' }] }
  },
  CreateVolumeV3: {
    ...createdFrom('POST /v3/volume', 'volumeSizeInGB'),
    NoSuchObject: [
      { why: 'an unknown snapshot', call: ['POST /v3/volume', { snapshotId: 'none' }] },
      { why: 'an unknown policy', call: ['POST /v3/volume', { volumeSizeInGB: 5, autoSnapshotPolicyId: 'none' }] }
    ]
  },
  ListVolumes: {
    BadRequest: [...badPage('/v2/volume'), { why: 'a filter word', call: ['GET /v2/volume?chargeFilter=Prepaid'] }]
  },
  ListVolumesV3: { BadRequest: badPage('/v3/volume') },
  GetVolume: {
    NoSuchObject: [
      unknown('GET /v2/volume/none'),
      { why: 'recycled', call: ['GET /v2/volume/v-recycled'] },
      { why: 'released', before: [['DELETE /v2/volume/v-free']], call: ['GET /v2/volume/v-free'] }
    ]
  },
  GetVolumeV3: {
    NoSuchObject: [unknown('GET /v3/volume/none'), { why: 'recycled', call: ['GET /v3/volume/v-recycled'] }]
  },
  AttachVolume: {
    'Volume.InstanceStatusCannotAttach': {
      why: 'an instance that starts',
      call: ['PUT /v2/volume/v-free?attach', { instanceId: 'i-starting' }]
    },
    'Volume.DistNotAvailable': {
      why: 'attached already',
      call: ['PUT /v2/volume/v-used?attach=', { instanceId: 'i-running' }]
    },
    AccessDenied: { why: 'across zones', call: ['PUT /v2/volume/v-free?attach', { instanceId: 'i-elsewhere' }] },
    NoSuchObject: [
      unknown('PUT /v2/volume/none?attach', { instanceId: 'i-running' }),
      { why: 'an unknown instance', call: ['PUT /v2/volume/v-free?attach', { instanceId: 'none' }] }
    ],
    BadRequest: [
      { why: 'no instanceId', call: ['PUT /v2/volume/v-free?attach', {}] },
      { why: 'an empty instanceId', call: ['PUT /v2/volume/v-free?attach', { instanceId: '' }] }
    ]
  },
  DetachVolume: {
    'Volume.DiskNotAttachedInstance': [
      { why: 'of another instance', call: ['PUT /v2/volume/v-used?detach', { instanceId: 'i-stopped' }] },
      { why: 'not attached', call: ['PUT /v2/volume/v-free?detach', { instanceId: 'i-running' }] },
      { why: 'an unknown instance', call: ['PUT /v2/volume/v-used?detach', { instanceId: 'none' }] }
    ],
    'Volume.InstanceStatusCannotDetach': {
      why: 'an instance that starts',
      call: ['PUT /v2/volume/v-used-starting?detach', { instanceId: 'i-starting' }]
    },
    OperationDenied: [
      { why: 'a system disk', call: ['PUT /v2/volume/v-boot?detach', { instanceId: 'i-running' }] },
      { why: 'being resized', call: ['PUT /v2/volume/v-scaling?detach', { instanceId: 'i-running' }] }
    ],
    NoSuchObject: unknown('PUT /v2/volume/none?detach', { instanceId: 'i-running' }),
    BadRequest: { why: 'no instanceId', call: ['PUT /v2/volume/v-used?detach', {}] }
  },
  ReleaseVolume: {
    'Volume.DiskStatusCannotBeDeleted': [
      { why: 'in use', call: ['DELETE /v2/volume/v-used'] },
      { why: 'in use, by POST', call: ['POST /v2/volume/v-used', { autoSnapshot: 'off', manualSnapshot: 'off' }] }
    ],
    'Volume.SystemDiskCannotBeDeleted': { why: 'a system disk', call: ['DELETE /v2/volume/v-boot'] },
    NoSuchObject: [
      unknown('DELETE /v2/volume/none'),
      { why: 'recycled, by POST', call: ['POST /v2/volume/v-recycled', {}] },
      {
        why: 'recycled, by a second DELETE',
        before: [['DELETE /v2/volume/v-recycled']],
        call: ['DELETE /v2/volume/v-recycled']
      }
    ],
    OperationDenied: { why: 'under delete protection', call: ['DELETE /v2/volume/v-protected'] },
    BadRequest: { why: 'neither on nor off', call: ['POST /v2/volume/v-free', { recycle: 'maybe' }] }
  },
  ResizeVolume: {
    BadRequest: [
      { why: 'no member', call: ['PUT /v2/volume/v-free?resize', {}] },
      { why: 'the size of now', call: ['PUT /v2/volume/v-free?resize', { newCdsSizeInGB: 100 }] },
      { why: 'over the maximum', call: ['PUT /v2/volume/v-free?resize', { newCdsSizeInGB: 32_766 }] },
      { why: 'an unknown storage type', call: ['PUT /v2/volume/v-free?resize', { newVolumeType: 'cloud_hp2' }] },
      {
        why: 'an unknown storage type of an unknown volume',
        call: ['PUT /v2/volume/none?resize', { newVolumeType: 'x' }]
      }
    ],
    NoSuchObject: unknown('PUT /v2/volume/none?resize', { newCdsSizeInGB: 200 }),
    OperationDenied: { why: 'at work', call: ['PUT /v2/volume/v-scaling?resize', { newCdsSizeInGB: 200 }] }
  },
  GetVolumeResizeProgress: { NoSuchObject: unknown('GET /v2/volume/progress/none') },
  RollbackVolume: {
    BadRequest: { why: 'no snapshotId', call: ['PUT /v2/volume/v-free?rollback', {}] },
    SnapshotOperationForbidden: {
      why: 'a snapshot in the making',
      call: ['PUT /v2/volume/v-free?rollback', { snapshotId: 's-creating' }]
    },
    NoSuchObject: [
      unknown('PUT /v2/volume/none?rollback', { snapshotId: 's-ok' }),
      { why: 'an unknown snapshot', call: ['PUT /v2/volume/v-free?rollback', { snapshotId: 'none' }] },
      { why: 'of another volume', call: ['PUT /v2/volume/v-free?rollback', { snapshotId: 's-used' }] }
    ],
    OperationDenied: [
      { why: 'a data volume in use', call: ['PUT /v2/volume/v-used?rollback', { snapshotId: 's-used' }] },
      {
        why: 'a system volume of an instance that starts',
        call: ['PUT /v2/volume/v-boot-starting?rollback', { snapshotId: 's-boot-starting' }]
      }
    ]
  },
  RenameVolume: {
    BadRequest: [
      { why: 'no name', call: ['PUT /v2/volume/v-free?rename', {}] },
      { why: 'a digit first', call: ['PUT /v2/volume/v-free?rename', { name: '1st' }] }
    ],
    NoSuchObject: unknown('PUT /v2/volume/none?rename', { name: 'x' })
  },
  ModifyCdsAttribute: {
    BadRequest: [
      { why: 'no member', call: ['PUT /v2/volume/v-free?modify', { cdsName: '', desc: '' }] },
      { why: 'a digit first', call: ['PUT /v2/volume/v-free?modify', { cdsName: '1st' }] }
    ],
    NoSuchObject: unknown('PUT /v2/volume/none?modify', { cdsName: 'x' })
  },
  BindTagVolume: {
    BadRequest: { why: 'no changeTags', call: ['PUT /v2/volume/v-free/tag?bind', {}] },
    NoSuchObject: unknown('PUT /v2/volume/none/tag?bind', { changeTags: [tag] })
  },
  UnbindTagVolume: {
    BadRequest: { why: 'no changeTags', call: ['PUT /v2/volume/v-free/tag?unbind', {}] },
    NoSuchObject: unknown('PUT /v2/volume/none/tag?unbind', { changeTags: [tag] })
  },
  AutoRenewVolume: {
    BadRequest: [
      { why: 'no volumeId', call: ['POST /v2/volume/autoRenew', { renewTimeUnit: 'month', renewTime: 1 }] },
      { why: 'ten months', call: ['POST /v2/volume/autoRenew', { volumeId: 'v-prepaid', renewTime: 10 }] },
      {
        why: 'four years',
        call: ['POST /v2/volume/autoRenew', { volumeId: 'v-prepaid', renewTimeUnit: 'year', renewTime: 4 }]
      }
    ],
    NoSuchObject: { why: 'unknown', call: ['POST /v2/volume/autoRenew', { volumeId: 'none', renewTime: 1 }] },
    OperationDenied: [
      { why: 'a system disk', call: ['POST /v2/volume/autoRenew', { volumeId: 'v-boot', renewTime: 1 }] },
      { why: 'at work', call: ['POST /v2/volume/autoRenew', { volumeId: 'v-scaling', renewTime: 1 }] }
    ]
  },
  CancelAutoRenewVolume: {
    BadRequest: { why: 'no volumeId', call: ['POST /v2/volume/cancelAutoRenew', {}] },
    NoSuchObject: { why: 'unknown', call: ['POST /v2/volume/cancelAutoRenew', { volumeId: 'none' }] },
    OperationDenied: { why: 'at work', call: ['POST /v2/volume/cancelAutoRenew', { volumeId: 'v-scaling' }] }
  },
  ModifyVolumeChargeType: {
    BadRequest: [
      {
        why: 'an unknown form',
        call: ['PUT /v2/volume/v-free?modifyChargeType', { billing: { paymentTiming: 'Barter' } }]
      },
      { why: 'an unknown time', call: ['PUT /v2/volume/v-free?modifyChargeType', { effectiveType: 'Soon' }] }
    ],
    NoSuchObject: unknown('PUT /v2/volume/none?modifyChargeType', { billing: { paymentTiming: 'Prepaid' } }),
    OperationDenied: { why: 'at work', call: ['PUT /v2/volume/v-scaling?modifyChargeType', { billing: {} }] }
  },
  PurchaseReservedVolume: {
    BadRequest: {
      why: 'ten months',
      call: [
        'PUT /v2/volume/v-prepaid?purchaseReserved',
        { billing: { reservation: { reservationLength: 10, reservationTimeUnit: 'Month' } } }
      ]
    },
    NoSuchObject: unknown('PUT /v2/volume/none?purchaseReserved', { billing: {} }),
    OperationDenied: { why: 'at work', call: ['PUT /v2/volume/v-scaling?purchaseReserved', { billing: {} }] }
  },
  ModifyVolumeDeleteProtectionV2: {
    BadRequest: [
      {
        why: 'no volumes',
        call: ['POST /v2/volume/modifyDeleteProtection', { volumeIds: [], enableDeleteProtection: true }]
      },
      { why: 'no switch', call: ['POST /v2/volume/modify/deleteProtection', { volumeIds: ['v-free'] }] }
    ],
    NoSuchObject: {
      why: 'one unknown',
      call: ['POST /v2/volume/modify/deleteProtection', { volumeIds: ['v-free', 'none'], enableDeleteProtection: true }]
    }
  },
  DeletePrepayVolume: {
    BadRequest: { why: 'no volumeId', call: ['POST /v2/volume/deletePrepay', {}] },
    NoSuchObject: { why: 'unknown', call: ['POST /v2/volume/deletePrepay', { volumeId: 'none' }] },
    OperationDenied: { why: 'postpaid', call: ['POST /v2/volume/deletePrepay', { volumeId: 'v-free' }] }
  },
  GetCdsPrice: {
    BadRequest: [
      { why: 'too large', call: ['POST /v2/volume/getPrice', { cdsSizeInGB: 32_766 }] },
      { why: 'an unknown form', call: ['POST /v2/volume/getPrice', { paymentTiming: 'Barter' }] }
    ]
  },
  ListInstances: { BadRequest: badPage('/v2/instance') },
  GetInstance: { NoSuchObject: unknown('GET /v2/instance/none?isDeploySet=false') },
  CreateInstance: {
    BadRequest: [
      { why: 'no image', call: ['POST /v2/instance', { cpuCount: 1 }] },
      { why: 'an unknown zone', call: ['POST /v2/instance', { imageId: 'm-1', zoneName: 'cn-bj-z' }] },
      { why: 'an unknown storage type', call: ['POST /v2/instance', { imageId: 'm-1', rootDiskStorageType: 'CDS' }] },
      { why: 'cards that are no number', call: ['POST /v2/instance', { imageId: 'm-1', cardCount: 'two' }] }
    ],
    ...withDisks('POST /v2/instance', { imageId: 'm-1' })
  },
  CreateInstanceBySpec: {
    BadRequest: [
      { why: 'no image', call: ['POST /v2/instanceBySpec', { spec: 'bcc.g5.c2m8' }] },
      { why: 'no spec', call: ['POST /v2/instanceBySpec', { imageId: 'm-1' }] },
      { why: 'an empty spec', call: ['POST /v2/instanceBySpec', { imageId: 'm-1', spec: '' }] },
      {
        why: 'a disk without size and snapshot',
        call: ['POST /v2/instanceBySpec', { imageId: 'm-1', spec: 'bcc.g5.c2m8', createCdsList: [{}] }]
      },
      {
        why: 'a disk of an unknown storage type',
        call: [
          'POST /v2/instanceBySpec',
          { imageId: 'm-1', spec: 'bcc.g5.c2m8', createCdsList: [{ cdsSizeInGB: 5, storageType: 'CDS' }] }
        ]
      }
    ],
    ...withDisks('POST /v2/instanceBySpec', { imageId: 'm-1', spec: 'bcc.g5.c2m8' })
  },
  StartInstance: {
    NoSuchObject: unknown('PUT /v2/instance/none?start'),
    OperationDenied: [
      { why: 'of one that runs', call: ['PUT /v2/instance/i-running?start='] },
      { why: 'of one that starts', call: ['PUT /v2/instance/i-starting?start'] }
    ]
  },
  StopInstance: {
    NoSuchObject: unknown('PUT /v2/instance/none?stop', { forceStop: true }),
    OperationDenied: { why: 'of one that stands', call: ['PUT /v2/instance/i-stopped?stop', {}] },
    BadRequest: { why: 'no boolean', call: ['PUT /v2/instance/i-running?stop', { stopWithNoCharge: 1 }] }
  },
  RebootInstance: {
    NoSuchObject: unknown('PUT /v2/instance/none?reboot', { forceStop: true }),
    OperationDenied: { why: 'of one that stands', call: ['PUT /v2/instance/i-stopped?reboot', {}] },
    BadRequest: { why: 'no boolean', call: ['PUT /v2/instance/i-running?reboot', { forceStop: 'on' }] }
  },
  ReleaseInstance: {
    NoSuchObject: [
      {
        why: 'twice',
        before: [['POST /v2/instance/i-running', {}]],
        call: ['POST /v2/instance/i-running', {}]
      },
      {
        why: 'twice, by DELETE',
        before: [['DELETE /v2/instance/i-running']],
        call: ['DELETE /v2/instance/i-running']
      }
    ],
    BadRequest: { why: 'no boolean', call: ['POST /v2/instance/i-running', { relatedReleaseFlag: 'yes' }] }
  },
  ListImages: { BadRequest: badPage('/v2/image') },
  ListSecurityGroups: { BadRequest: badPage('/v2/securityGroup') },
  DescribeRegions: {
    OperationDenied: { why: 'an unknown region', call: ['POST /v2/region/describeRegions', { region: 'mars' }] }
  },
  AttachTags: {
    BadRequest: { why: 'no tags', call: ['POST /v3/bcc/tag?action=AttachTags', { resourceIds: ['v-free'] }] },
    NoSuchObject: {
      why: 'one unknown',
      call: ['POST /v3/bcc/tag?action=AttachTags', { resourceIds: ['v-free', 'none'], tags: [tag] }]
    }
  },
  DetachTags: {
    BadRequest: { why: 'no ids', call: ['POST /v3/bcc/tag?action=DetachTags', { resourceIds: [], tags: [tag] }] },
    NoSuchObject: {
      why: 'unknown',
      call: ['POST /v3/bcc/tag?action=DetachTags', { resourceIds: ['none'], tags: [tag] }]
    }
  },
  ListTask: { BadRequest: { why: 'maxKeys is -1', call: ['POST /v2/task/list', { maxKeys: -1 }] } },
  GetTask: { BadRequest: { why: 'no ids', call: ['POST /v2/task/detail', {}] } }
}

const all = Object.entries(cases).flatMap(([name, codes]) =>
  Object.entries(codes).flatMap(([code, one]) => [one].flat().map((each) => ({ name, code, ...each })))
)

test.for(all)('$name answers $code: $why', async ({ name, code, settings, before = [], call }) => {
  const world = await stage(settings)
  for (const step of before) await world.ok(...step)
  const reply = await world.call(...call)
  const [status, message] = baiduCodes[code] ?? []
  expect({ status: reply.status, body: reply.body }).toEqual({
    status,
    body: { requestId: reply.requestId, code, message: baiduWordings[name]?.[code] ?? message }
  })
  expect(reply.headers['x-snapstand-hint'], 'what the cloud never tells').toMatch(/\S.*\./)
  expect(reply.headers['x-bce-request-id']).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  )
})

test('only these codes of the rows are left to faults', () => {
  const left = baidu.operations.flatMap(({ name, errors, reach }) =>
    errors.filter((code) => cases[name]?.[code] === undefined).map((code) => `${name} ${code}: ${reach[code]}`)
  )
  expect(left).toEqual([
    'GetAsp BadRequest: Only by a fault: the path holds all there is to send.',
    'DeleteAsp BadRequest: Only by a fault: the path holds all there is to send.',
    'DeleteAsp ServiceInternalError: Only by a fault.',
    'AttachAsp ServiceInternalError: Only by a fault.',
    'DetachAsp ServiceInternalError: Only by a fault.',
    'GetSnapshot BadRequest: Only by a fault: the path holds all there is to send.',
    'ListSnapchain NoSuchObject: Only by a fault: an unknown volumeId lists nothing.',
    'PurchaseReservedVolume SnapshotOperationForbidden: Only by a fault: what it means here is unknown.'
  ])
})
