import { describe, expect, test } from 'vitest'
import {
  INSTANCE_STATES,
  INSTANCE_STATUSES,
  SNAPSHOT_STATES,
  SNAPSHOT_STATUSES,
  VOLUME_STATES,
  VOLUME_STATUSES,
  type VolumeStatus
} from '../../../../src/providers/baidu/rules/states.ts'
import type { Section } from '../../../../src/providers/baidu/seed/schema.ts'
import { stages } from '../stage.ts'
import { type Cell, instanceCells, snapshotCells, systemCells, volumeCells } from './cells.ts'

const stage = stages()

// The state machines of baidu.md 6, cell by cell: each state is planted at rest, then the operation is called.

const statesOf = (cells: readonly Cell[]) => [...new Set(cells.map((cell) => cell.state))]
const idOf = (state: string) => state.replace('+', '-attached')
function volumeStatusOf(state: string): VolumeStatus {
  const status = VOLUME_STATUSES.find((word) => word === state.replace('+', ''))
  if (status === undefined) throw new Error(`no status: ${state}`)
  return status
}

/** A volume, a snapshot and an instance in each state, and something for operations to work with. */
const everyState: Section = {
  zones: ['cn-bj-a'],
  instances: [
    { id: 'i-home' },
    ...INSTANCE_STATUSES.map((status) => ({ id: `i-${status}`, status, systemVolume: { id: `v-boot-${status}` } }))
  ],
  policies: [{ id: 'asp', name: 'daily', timePoints: [0], repeatWeekdays: [1], retentionDays: 7 }],
  volumes: [
    { id: 'v-free', diskSizeInGB: 40 },
    ...statesOf(volumeCells).map((state) => ({
      id: `v-${idOf(state)}`,
      status: volumeStatusOf(state),
      paymentTiming: 'Prepaid' as const,
      ...(state.endsWith('+') && { instanceId: 'i-home' })
    })),
    ...statesOf(systemCells).map((state) => ({
      id: `v-system-${idOf(state)}`,
      type: 'System' as const,
      status: volumeStatusOf(state),
      instanceId: 'i-home'
    })),
    ...INSTANCE_STATUSES.map((status) => ({ id: `v-on-${status}`, instanceId: `i-${status}` }))
  ],
  snapshots: [
    ...statesOf(volumeCells).map((state) => ({ id: `s-of-${idOf(state)}`, volumeId: `v-${idOf(state)}` })),
    ...statesOf(systemCells).map((state) => ({
      id: `s-of-system-${idOf(state)}`,
      volumeId: `v-system-${idOf(state)}`
    })),
    ...INSTANCE_STATUSES.map((status) => ({ id: `s-of-boot-${status}`, volumeId: `v-boot-${status}` })),
    ...SNAPSHOT_STATUSES.map((status) => ({ id: `s-${status}`, volumeId: 'v-free', status }))
  ]
}

type Request = readonly [way: string, body?: object]
const changeTags = { changeTags: [{ tagKey: 'k', tagValue: 'v' }] }
const tags = [{ tagKey: 'k', tagValue: 'v' }]

/** What an operation is sent about a volume. */
const onVolume: Readonly<Record<string, (id: string) => Request>> = {
  AttachVolume: (id) => [`PUT /v2/volume/v-${id}?attach`, { instanceId: 'i-home' }],
  DetachVolume: (id) => [`PUT /v2/volume/v-${id}?detach`, { instanceId: 'i-home' }],
  ResizeVolume: (id) => [`PUT /v2/volume/v-${id}?resize`, { newCdsSizeInGB: 41 }],
  RollbackVolume: (id) => [`PUT /v2/volume/v-${id}?rollback`, { snapshotId: `s-of-${id}` }],
  CreateSnapshot: (id) => ['POST /v2/snapshot', { volumeId: `v-${id}`, snapshotName: 'x' }],
  AttachAsp: (id) => ['PUT /v2/asp/asp?attach', { volumeIds: [`v-${id}`] }],
  ModifyVolumeChargeType: (id) => [
    `PUT /v2/volume/v-${id}?modifyChargeType`,
    { billing: { paymentTiming: 'Postpaid' } }
  ],
  PurchaseReservedVolume: (id) => [`PUT /v2/volume/v-${id}?purchaseReserved`, { billing: {} }],
  AutoRenewVolume: (id) => ['POST /v2/volume/autoRenew', { volumeId: `v-${id}`, renewTimeUnit: 'month', renewTime: 1 }],
  CancelAutoRenewVolume: (id) => ['POST /v2/volume/cancelAutoRenew', { volumeId: `v-${id}` }],
  DeletePrepayVolume: (id) => ['POST /v2/volume/deletePrepay', { volumeId: `v-${id}` }],
  ReleaseVolume: (id) => [`DELETE /v2/volume/v-${id}`],
  'ReleaseVolume-POST': (id) => [`POST /v2/volume/v-${id}`, {}],
  RenameVolume: (id) => [`PUT /v2/volume/v-${id}?rename`, { name: 'renamed' }],
  ModifyCdsAttribute: (id) => [`PUT /v2/volume/v-${id}?modify`, { desc: 'x' }],
  BindTagVolume: (id) => [`PUT /v2/volume/v-${id}/tag?bind`, changeTags],
  UnbindTagVolume: (id) => [`PUT /v2/volume/v-${id}/tag?unbind`, changeTags],
  AttachTags: (id) => ['POST /v3/bcc/tag?action=AttachTags', { resourceIds: [`v-${id}`], tags }],
  DetachTags: (id) => ['POST /v3/bcc/tag?action=DetachTags', { resourceIds: [`v-${id}`], tags }],
  ModifyVolumeDeleteProtectionV2: (id) => [
    'POST /v2/volume/modify/deleteProtection',
    { volumeIds: [`v-${id}`], enableDeleteProtection: true }
  ],
  GetVolumeResizeProgress: (id) => [`GET /v2/volume/progress/v-${id}`],
  GetVolume: (id) => [`GET /v2/volume/v-${id}`],
  GetVolumeV3: (id) => [`GET /v3/volume/v-${id}`]
}
const onSnapshot: Readonly<Record<string, (id: string) => Request>> = {
  DeleteSnapshot: (id) => [`DELETE /v2/snapshot/s-${id}`],
  RollbackVolume: (id) => ['PUT /v2/volume/v-free?rollback', { snapshotId: `s-${id}` }],
  RemoteCopySnapshot: (id) => [
    `PUT /v2/snapshot/remote_copy/s-${id}`,
    { destRegionInfos: [{ name: 'copy', destRegion: 'gz' }] }
  ],
  CreateSnapshotShare: (id) => ['POST /v2/snapshot/share', { snapshotId: `s-${id}`, accountIds: ['friend'] }],
  CreateVolume: (id) => ['POST /v2/volume', { snapshotId: `s-${id}` }],
  CreateVolumeV3: (id) => ['POST /v3/volume', { snapshotId: `s-${id}` }],
  ModifySnapshotAttribute: (id) => [`PUT /v2/snapshot/s-${id}?modifyAttribute`, { desc: 'x' }],
  GetSnapshot: (id) => [`GET /v2/snapshot/s-${id}`]
}
const onInstance: Readonly<Record<string, (id: string) => Request>> = {
  AttachVolume: (id) => ['PUT /v2/volume/v-free?attach', { instanceId: `i-${id}` }],
  DetachVolume: (id) => [`PUT /v2/volume/v-on-${id}?detach`, { instanceId: `i-${id}` }],
  CreateSnapshot: (id) => ['POST /v2/snapshot', { volumeId: `i-${id}`, snapshotName: 'x' }],
  RollbackVolume: (id) => [`PUT /v2/volume/v-boot-${id}?rollback`, { snapshotId: `s-of-boot-${id}` }],
  CreateVolume: (id) => ['POST /v2/volume', { cdsSizeInGB: 5, instanceId: `i-${id}` }],
  SyncCreateVolume: (id) => ['POST /v2/volume/syncCreate', { cdsSizeInGB: 5, instanceId: `i-${id}` }],
  CreateVolumeV3: (id) => ['POST /v3/volume', { volumeSizeInGB: 5, instanceId: `i-${id}` }],
  AttachAsp: (id) => ['PUT /v2/asp/asp?attach', { volumeIds: [`v-on-${id}`, `v-boot-${id}`] }],
  ReleaseInstance: (id) => [`POST /v2/instance/i-${id}`, {}],
  GetInstance: (id) => [`GET /v2/instance/i-${id}`],
  StartInstance: (id) => [`PUT /v2/instance/i-${id}?start`],
  StopInstance: (id) => [`PUT /v2/instance/i-${id}?stop`, { forceStop: false, stopWithNoCharge: false }],
  RebootInstance: (id) => [`PUT /v2/instance/i-${id}?reboot`, { forceStop: true }]
}

let shared: ReturnType<typeof stage> | undefined
function sharedWorld() {
  shared ??= stage({}, everyState)
  return shared
}

function answersAre(
  requests: Readonly<Record<string, (id: string) => Request>>,
  { state, operation, answer }: Cell,
  prefix = ''
) {
  return async () => {
    // Refused calls change nothing, so they share a world.
    const { call } = await (answer === 'ok' ? stage({}, everyState) : sharedWorld())
    const request = requests[operation]?.(`${prefix}${idOf(state)}`)
    if (!request) throw new Error(`no request for ${operation}`)
    const reply = await call(...request)
    expect(reply.code ?? (reply.status === 200 ? 'ok' : reply.status)).toBe(answer)
  }
}

describe('volumes', () => {
  for (const cell of volumeCells) test(`${cell.state} ${cell.operation}: ${cell.answer}`, answersAre(onVolume, cell))
  test('every status has its line, but those that end at once', () => {
    const known = new Set(statesOf(volumeCells).map((state) => state.replace('+', '')))
    expect(VOLUME_STATUSES.filter((status) => !known.has(status))).toEqual([])
  })
  test('the statuses show as planted', async () => {
    const { volumes } = await stage({}, everyState)
    const shown = new Map((await volumes()).map((volume) => [volume.id, volume.status]))
    for (const state of statesOf(volumeCells)) {
      const expected = state === 'Recycled' ? undefined : volumeStatusOf(state)
      expect(shown.get(`v-${idOf(state)}`), state).toBe(expected)
    }
  })
})
describe('system volumes', () => {
  for (const cell of systemCells) {
    test(`${cell.state} ${cell.operation}: ${cell.answer}`, answersAre(onVolume, cell, 'system-'))
  }
})
describe('snapshots', () => {
  for (const cell of snapshotCells)
    test(`${cell.state} ${cell.operation}: ${cell.answer}`, answersAre(onSnapshot, cell))
  test('every status has its line', () => expect(statesOf(snapshotCells)).toEqual([...SNAPSHOT_STATUSES]))
})
describe('instances', () => {
  for (const cell of instanceCells)
    test(`${cell.state} ${cell.operation}: ${cell.answer}`, answersAre(onInstance, cell))
  test('every status has its line', () => {
    expect(statesOf(instanceCells).sort()).toEqual([...INSTANCE_STATUSES].sort())
  })
})

test('every operation of the table is asked about every status', () => {
  const asked = new Set(volumeCells.map((cell) => cell.operation))
  expect(Object.keys(VOLUME_STATES).filter((name) => !asked.has(name))).toEqual(['RollbackSystemVolume'])
  const ofSnapshots = new Set(snapshotCells.map((cell) => cell.operation))
  expect(Object.keys(SNAPSHOT_STATES).filter((name) => !ofSnapshots.has(name))).toEqual([])
  const ofInstances = new Set(instanceCells.map((cell) => cell.operation))
  expect(Object.keys(INSTANCE_STATES).filter((name) => !ofInstances.has(name))).toEqual([])
})
