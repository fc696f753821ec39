import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Caller, createCaller } from '../../src/compare/caller.ts'
import { baidu } from '../../src/compare/clouds/baidu.ts'
import type { ComparedCloud, Input } from '../../src/compare/clouds/cloud.ts'
import { zenlayer } from '../../src/compare/clouds/zenlayer.ts'
import { answerOf } from '../../src/compare/exchange.ts'
import type { Recorded } from '../../src/compare/replay/replay.ts'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import type { Credentials } from '../../src/providers/clients.ts'
import { exchangeFile, MANIFEST_FILE, type Manifest } from '../../src/recording/form.ts'
import { createSender } from '../../src/upstream/send.ts'

export const KEY = { keyId: 'theirs', secret: 'theirs' }

/** Calls to a server that is the other side here, kept with their answers. */
export interface OtherSide extends Recorded {
  readonly caller: Caller
  /** The body of the answer; what is no object is an empty one. */
  ask(operation: string, input?: Input): Promise<Readonly<Record<string, unknown>>>
  /** Asks until the answer holds a text. */
  until(text: string, operation: string, input?: Input): Promise<void>
  /** Lets time pass. */
  wait(ms: number): Promise<void>
}

export const START = '2026-01-05T08:00:17Z'
const GAP_MS = 7
const POLL_MS = 40

/** A Snapstand as the other side: what takes time takes what it takes by default, on a clock that the test moves. */
export async function startOther(
  settings: Readonly<Record<string, boolean | number | string>> = {}
): Promise<Snapstand> {
  const server = await startSnapstand({ clock: 'manual', clockAt: START })
  const world = server.world(KEY.keyId)
  const delays = (await world.settings.get()).map(({ name }) => name).filter((name) => /^delays\.[^.]+$/.test(name))
  await world.settings.patch({ ...Object.fromEntries(delays.map((name) => [name, 300])), ...settings })
  return server
}

/** Talks to it, as a client that thinks for some milliseconds before each call. */
export function otherSide({ url, world }: Pick<Snapstand, 'url' | 'world'>, cloud: ComparedCloud): OtherSide {
  const sender = createSender(new URL(url), cloud.provider, KEY)
  let now = Date.parse(START)
  const caller = createCaller({ cloud, sender, strange: sender, now: () => now })
  return sideOf(cloud, caller, async (ms) => {
    now += ms
    await world(KEY.keyId).clock.advance({ to: new Date(now) })
  })
}

/** The same where time passes by itself. */
export function realSide(url: string, cloud: ComparedCloud, key: Credentials): OtherSide & { end(): void } {
  const sender = createSender(new URL(url), cloud.provider, key)
  const caller = createCaller({ cloud, sender, strange: sender })
  return { ...sideOf(cloud, caller, (ms) => pause(ms)), end: () => sender.close() }
}

function sideOf(cloud: ComparedCloud, caller: Caller, wait: (ms: number) => Promise<void>): OtherSide {
  const call = async (operation: string, input?: Input) => {
    await wait(GAP_MS)
    return answerOf(await caller.call(operation, input)).body
  }
  return {
    cloud,
    caller,
    wait,
    exchanges: caller.exchanges,
    get startedAt() {
      return caller.startedAt
    },
    async ask(operation, input) {
      const body = await call(operation, input)
      const members: Readonly<Record<string, unknown>> = typeof body === 'object' && body !== null ? { ...body } : {}
      const { response } = members
      return typeof response === 'object' && response !== null ? { ...response } : members
    },
    async until(text, operation, input) {
      for (let tries = 0; tries < 200; tries++) {
        if (JSON.stringify(await call(operation, input))?.includes(text)) return
        await wait(POLL_MS)
      }
      throw new Error(`${operation} never answered ${text}`)
    }
  }
}

const first = (value: unknown) => String(Array.isArray(value) ? value[0] : value)

/** What a backup tool does: disks, a policy, snapshots, a rollback, and all of it away again. */
export async function zenlayerFlow(side: OtherSide): Promise<void> {
  const { ask, until } = side
  await ask('DescribeZones')
  await ask('DescribeResourceGroups')
  await ask('DescribeInstances', { body: {} })
  await ask('DescribeDisks', { body: { pageSize: 100 } })
  const made = await ask('CreateDisks', {
    body: {
      zoneId: 'asia-east-1a',
      diskName: 'flow-a',
      diskSize: 20,
      diskAmount: 2,
      tags: { tags: [{ key: 'a', value: 'b' }] }
    }
  })
  const diskIds = Array.isArray(made.diskIds) ? made.diskIds.map(String) : []
  const [diskId = ''] = diskIds
  await until('"AVAILABLE"', 'DescribeDisks', { body: { diskIds: [diskId] } })
  const { autoSnapshotPolicyId } = await ask('CreateAutoSnapshotPolicy', {
    body: {
      zoneId: 'asia-east-1a',
      autoSnapshotPolicyName: 'flow',
      repeatWeekDays: [7, 1],
      hours: [3],
      retentionDays: 7
    }
  })
  await ask('ApplyAutoSnapshotPolicy', { body: { autoSnapshotPolicyId, diskIds } })
  await ask('DescribeAutoSnapshotPolicies', { body: { autoSnapshotPolicyIds: [autoSnapshotPolicyId] } })
  const { snapshotId } = await ask('CreateSnapshot', { body: { diskId, snapshotName: 'nightly' } })
  await until('"AVAILABLE"', 'DescribeSnapshots', { body: { snapshotIds: [snapshotId] } })
  await ask('ApplySnapshot', { body: { snapshotId, diskId } })
  await until('"diskStatus":"AVAILABLE"', 'DescribeDisks', { body: { diskIds: [diskId] } })
  await ask('CreateSnapshot', { body: { diskId: '1700000000000000999', snapshotName: 'none' } })
  await ask('ModifySnapshotsAttribute', { body: { snapshotIds: [snapshotId], snapshotName: 'kept' } })
  await ask('DescribeSnapshots', { body: { diskIds } })
  await ask('DeleteSnapshots', { body: { snapshotIds: [snapshotId, '1700000000000000998'] } })
  await until('"totalCount":0', 'DescribeSnapshots', { body: { snapshotIds: [snapshotId] } })
  await ask('CancelAutoSnapshotPolicy', { body: { autoSnapshotPolicyId, diskIds } })
  await ask('DeleteAutoSnapshotPolicies', { body: { autoSnapshotPolicyIds: [autoSnapshotPolicyId] } })
  for (const id of diskIds) await ask('ReleaseDisk', { body: { diskId: id } })
  await until('"totalCount":0', 'DescribeDisks', { body: { diskIds } })
  await ask('DescribeDisks', { body: { pageSize: 100 } })
}

export async function baiduFlow(side: OtherSide): Promise<void> {
  const { ask, until } = side
  await ask('ListZones')
  await ask('ListInstances')
  await ask('ListVolumes', { query: { maxKeys: '100' } })
  const { volumeIds } = await ask('CreateVolume', {
    query: { clientToken: 'flow-1' },
    body: { name: 'flow', cdsSizeInGB: 20, storageType: 'cloud_hp1', zoneName: 'cn-bj-a', purchaseCount: 1 }
  })
  const volumeId = first(volumeIds)
  await until('"Available"', 'GetVolume', { params: { volumeId } })
  await ask('AttachVolume', { params: { volumeId }, body: { instanceId: 'i-Starter1' } })
  await until('"InUse"', 'GetVolume', { params: { volumeId } })
  const { aspId } = await ask('CreateAsp', {
    body: { name: 'flow', timePoints: [3, 1], repeatWeekdays: [0, 6], retentionDays: 7 }
  })
  await ask('AttachAsp', { params: { aspId: String(aspId) }, body: { volumeIds: [volumeId] } })
  await ask('GetAsp', { params: { aspId: String(aspId) } })
  const { snapshotId } = await ask('CreateSnapshot', {
    body: { volumeId, snapshotName: 'nightly', retentionInDays: 3 }
  })
  await until('"Available"', 'GetSnapshot', { params: { snapshotId: String(snapshotId) } })
  await ask('ListSnapshots', { query: { volumeId } })
  await ask('ListSnapchain', { query: { volumeId } })
  await ask('GetSnapshot', { params: { snapshotId: 's-Missing1' } })
  await ask('DetachVolume', { params: { volumeId }, body: { instanceId: 'i-Starter1' } })
  await until('"Available"', 'GetVolume', { params: { volumeId } })
  await ask('RollbackVolume', { params: { volumeId }, body: { snapshotId } })
  await until('"Available"', 'GetVolume', { params: { volumeId } })
  await ask('DeleteSnapshot', { params: { snapshotId: String(snapshotId) } })
  await ask('DeleteAsp', { params: { aspId: String(aspId) } })
  await ask('ReleaseVolume', { params: { volumeId } })
  await ask('GetVolume', { params: { volumeId } })
  await ask('ListAsps')
}

export const FLOWS = [
  [zenlayer, zenlayerFlow],
  [baidu, baiduFlow]
] as const

/** What was asked and answered, as a recording in a folder. */
export async function writtenDown({ cloud, startedAt, exchanges }: Recorded, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [index, { change: _, ...exchange }] of exchanges.entries()) {
    await writeFile(join(folder, exchangeFile(index + 1, exchange.operation)), JSON.stringify(exchange))
  }
  const manifest: Manifest = {
    form: 1,
    kind: 'recorded',
    rehearsal: true,
    cloud: cloud.provider.name,
    recordedOn: new Date(startedAt).toISOString().slice(0, 10),
    startedAt: new Date(startedAt).toISOString(),
    tool: 'a test',
    clients: [],
    upstream: 'upstream.example',
    exchanges: exchanges.length,
    withheld: 0,
    redacted: {}
  }
  await writeFile(join(folder, MANIFEST_FILE), JSON.stringify(manifest))
}
