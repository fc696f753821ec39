import { expect, test } from 'vitest'
import { diskTable, instanceTable, snapshotTable } from '../../../../src/providers/zenlayer/rules/states.ts'
import { disk, place, policy, type Stage, stages } from '../stage.ts'
import { type Cell, diskCells, instanceCells, snapshotCells } from './cells.ts'

const stage = stages()

// The state machines of zenlayer.md 6, cell by cell: each state is built, then the action is called.

const TAKEN = ['IN_USE', 'ATTACHING', 'DETACHING', 'SC-used', 'SC-used-held']
const statusOf = (state: string) => (state.startsWith('SC-') ? 'SNAPSHOT_CREATING' : state)
const states = (cells: readonly Cell[]) => [...new Set(cells.map((cell) => cell.state))]

/** A disk, a snapshot and an instance in each state, and something for actions to act with. */
const everyState = {
  ...place,
  policies: [policy('p', 'zone-a')],
  instances: [
    { instanceId: 'i-target', instanceName: 'target', zoneId: 'zone-a' },
    { instanceId: 'i-home', instanceName: 'home', zoneId: 'zone-a', status: 'STOPPED' },
    ...states(instanceCells).map((status) => ({
      instanceId: `i-${status}`,
      instanceName: status,
      zoneId: 'zone-a',
      status
    }))
  ],
  disks: [
    disk('d-free'),
    ...states(diskCells).map((state) =>
      disk(`d-${state}`, { diskStatus: statusOf(state), ...(TAKEN.includes(state) && { instanceId: 'i-home' }) })
    ),
    ...states(instanceCells).map((status) => disk(`d-on-${status}`, { instanceId: `i-${status}` }))
  ],
  snapshots: [
    ...states(diskCells).map((state) => ({ snapshotId: `s-of-${state}`, snapshotName: 's', diskId: `d-${state}` })),
    ...states(snapshotCells).map((status) => ({
      snapshotId: `s-${status}`,
      snapshotName: 's',
      diskId: 'd-free',
      status
    }))
  ]
}

/** What an action is sent about a disk, and what has to be so afterwards. */
const onDisk: Readonly<Record<string, (state: string) => object>> = {
  CreateSnapshot: (state) => ({ diskId: `d-${state}`, snapshotName: 'x' }),
  ApplySnapshot: (state) => ({ diskId: `d-${state}`, snapshotId: `s-of-${state}` }),
  ApplyAutoSnapshotPolicy: (state) => ({ autoSnapshotPolicyId: 'p', diskIds: [`d-${state}`] }),
  CancelAutoSnapshotPolicy: (state) => ({ autoSnapshotPolicyId: 'p', diskIds: [`d-${state}`] }),
  AttachDisks: (state) => ({ diskIds: [`d-${state}`], instanceId: 'i-target' }),
  DetachDisks: (state) => ({ diskIds: [`d-${state}`] }),
  ChangeDisksAttach: (state) => ({ diskIds: [`d-${state}`], instanceId: 'i-target' }),
  ResizeDisk: (state) => ({ diskId: `d-${state}`, diskSize: 41 }),
  ReleaseDisk: (state) => ({ diskId: `d-${state}` }),
  RenewDisk: (state) => ({ diskId: `d-${state}` }),
  ModifyDisksAttributes: (state) => ({ diskIds: [`d-${state}`], diskName: 'x' }),
  ModifyDisksResourceGroup: (state) => ({ diskIds: [`d-${state}`], resourceGroupId: 'group-other' }),
  AddResourceResourceGroup: (state) => ({ resources: [`d-${state}`], resourceGroupId: 'group-other' }),
  ModifyResourceTags: (state) => ({ resourceUuid: `d-${state}`, replaceTags: [{ key: 'k', value: 'v' }] })
}
const onSnapshot: Readonly<Record<string, (state: string) => object>> = {
  ModifySnapshotsAttribute: (state) => ({ snapshotIds: [`s-${state}`], snapshotName: 'x' }),
  ApplySnapshot: (state) => ({ snapshotId: `s-${state}`, diskId: 'd-free' }),
  DeleteSnapshots: (state) => ({ snapshotIds: [`s-${state}`] }),
  CreateDisks: (state) => ({ zoneId: 'zone-a', diskName: 'x', diskSize: 40, snapshotId: `s-${state}` })
}
const onInstance: Readonly<Record<string, (state: string) => object>> = {
  StartInstances: (state) => ({ instanceIds: [`i-${state}`] }),
  StopInstances: (state) => ({ instanceIds: [`i-${state}`] }),
  CreateDisks: (state) => ({ zoneId: 'zone-a', diskName: 'x', diskSize: 20, instanceId: `i-${state}` }),
  AttachDisks: (state) => ({ diskIds: ['d-free'], instanceId: `i-${state}` }),
  ChangeDisksAttach: (state) => ({ diskIds: ['d-IN_USE'], instanceId: `i-${state}` }),
  DetachDisks: (state) => ({ diskIds: [`d-on-${state}`] }),
  'DetachDisks-unchecked': (state) => ({ diskIds: [`d-on-${state}`], instanceCheckFlag: false })
}

/** The transition that a disk shows while it lasts; actions without one leave the status alone, or end in another. */
const shows: Readonly<Record<string, string>> = {
  CreateSnapshot: 'SNAPSHOT_CREATING',
  ApplySnapshot: 'ROLLING_BACK',
  AttachDisks: 'ATTACHING',
  DetachDisks: 'DETACHING',
  ChangeDisksAttach: 'DETACHING',
  ResizeDisk: 'CHANGING',
  ReleaseDisk: 'DELETING',
  RenewDisk: 'AVAILABLE'
}
const slow = Object.fromEntries(
  ['snapshotCreate', 'snapshotDelete', 'rollback', 'attach', 'detach', 'resize', 'release', 'instanceStart'].map(
    (transition) => [`delays.zenlayer.${transition}Ms`, 60_000]
  )
)

async function answerOf({ zenlayer }: Stage, action: string, body: object) {
  const reply = await zenlayer(action.replace('-unchecked', ''), body)
  return reply.status === 200 ? 'ok' : reply.code
}

test('every action and every state of the tables has a cell here', () => {
  const actionsOf = (cells: readonly Cell[]) => [...new Set(cells.map((cell) => cell.action))].toSorted()
  expect(actionsOf(diskCells)).toEqual(Object.keys(diskTable).toSorted())
  expect(actionsOf(snapshotCells)).toEqual(Object.keys(snapshotTable).toSorted())
  expect(actionsOf(instanceCells)).toEqual([...Object.keys(instanceTable), 'DetachDisks-unchecked'].toSorted())
  expect(states(diskCells)).toHaveLength(Object.keys(diskTable.CreateSnapshot.cells).length)
  expect(states(snapshotCells)).toHaveLength(Object.keys(snapshotTable.ApplySnapshot.cells).length)
  expect(states(instanceCells)).toHaveLength(Object.keys(instanceTable.StartInstances.cells).length)
})

test.for(diskCells)('$action of a disk that is $state: $answer', async ({ action, state, answer }) => {
  const world = await stage({ ...slow, 'zenlayer.attachDuringSnapshot': !state.endsWith('-held') }, everyState)
  expect((await world.disk(`d-${state}`)).diskStatus).toBe(statusOf(state))
  expect(await answerOf(world, action, onDisk[action]?.(state) ?? {})).toBe(answer)
  const after = (await world.disk(`d-${state}`)).diskStatus
  expect(after).toBe(answer === 'ok' ? (shows[action] ?? statusOf(state)) : statusOf(state))
})

test.for(snapshotCells)('$action of a snapshot that is $state: $answer', async ({ action, state, answer }) => {
  const world = await stage(slow, everyState)
  expect((await world.snapshot(`s-${state}`)).status).toBe(state)
  expect(await answerOf(world, action, onSnapshot[action]?.(state) ?? {})).toBe(answer)
  const transitions: Readonly<Record<string, string>> = { ApplySnapshot: 'ROLLING_BACK', DeleteSnapshots: 'DELETING' }
  expect((await world.snapshot(`s-${state}`)).status).toBe(answer === 'ok' ? (transitions[action] ?? state) : state)
})

test.for(instanceCells)('$action with an instance that is $state: $answer', async ({ action, state, answer }) => {
  const world = await stage({ ...slow, 'delays.zenlayer.instanceStopMs': 60_000 }, everyState)
  expect((await world.instance(`i-${state}`)).status).toBe(state)
  expect(await answerOf(world, action, onInstance[action]?.(state) ?? {})).toBe(answer)
  const transitions: Readonly<Record<string, string>> = { StartInstances: 'BOOTING', StopInstances: 'STOPPING' }
  expect((await world.instance(`i-${state}`)).status).toBe(answer === 'ok' ? (transitions[action] ?? state) : state)
})
