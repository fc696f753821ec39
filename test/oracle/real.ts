import { createCore } from '../../src/core/create-core.ts'
import type { Core } from '../../src/core/model/core.ts'
import type { World } from '../../src/core/model/world.ts'
import { atOnce } from '../../src/documents/slices.ts'
import { baidu } from '../../src/providers/baidu/index.ts'
import { ApiError, type Operation, type Provider } from '../../src/providers/provider.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import { INSTANCES as BAIDU_INSTANCES, ZONE as BAIDU_ZONE } from './baidu.ts'
import { field, type Plan } from './naive.ts'
import { INSTANCES as ZENLAYER_INSTANCES, ZONE as ZENLAYER_ZONE } from './zenlayer.ts'

const providers: Readonly<Record<string, Provider>> = { zenlayer, baidu }
const STARTER = '2025-01-01T00:00:00Z'

const sections: Readonly<Record<string, object>> = {
  zenlayer: {
    zones: [{ zoneId: ZENLAYER_ZONE, regionId: 'asia-east-1' }],
    instances: ZENLAYER_INSTANCES.map((id) => ({
      instanceId: id,
      instanceName: 'instance',
      zoneId: ZENLAYER_ZONE,
      createTime: STARTER
    }))
  },
  baidu: {
    zones: [BAIDU_ZONE],
    instances: BAIDU_INSTANCES.map((id) => ({ id, name: 'instance', zoneName: BAIDU_ZONE, createTime: STARTER }))
  }
}

/** A core with both real clouds, and in every world two instances of each. */
export function startReal(at: number): Core {
  return createCore({
    rules: { zenlayer: zenlayer.rules, baidu: baidu.rules },
    plant: (world) => {
      for (const [name, section] of Object.entries(sections)) {
        const room = providers[name]?.seed
        world.perform(name, (cloud) => room && atOnce(room.plant(cloud, section)))
      }
    },
    clock: { mode: 'manual', at },
    maxWorlds: 10
  })
}

const rows = new Map<string, Operation>()
for (const provider of Object.values(providers)) {
  for (const row of provider.operations) rows.set(`${provider.name} ${row.name}`, row)
}

/** Runs an operation's row as the router does, without HTTP. Returns the code it was refused with, or its reply. */
export function callReal(
  world: World,
  cloudName: string,
  { operation, params = {}, body = {}, method = 'POST' }: Omit<Plan, 'refusal' | 'apply'>
): { readonly refusal: string | undefined; readonly reply: unknown } {
  const row = rows.get(`${cloudName} ${operation}`)
  if (!row) throw new Error(`there is no operation ${operation}`)
  try {
    const reply = world.perform(cloudName, (cloud) =>
      row.run({
        params,
        query: {},
        body,
        cloud,
        now: cloud.now,
        version: operation === 'ChangeDisksAttach' ? '2024-04-01' : '2025-09-01',
        method,
        fail: (code) => new ApiError(code, 400, code)
      })
    )
    return { refusal: undefined, reply }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { refusal: error.code, reply: undefined }
  }
}

function listOf(world: World, cloudName: string, operation: string, member: string, body: object): object[] {
  const { reply } = callReal(world, cloudName, { operation, body })
  const list = field(reply, member)
  if (!Array.isArray(list)) throw new Error(`${operation} answered no ${member}`)
  return list
}
function pick(row: object, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, field(row, name)]))
}

/** What the clouds show, oldest first, in the members that the naive worlds know. */
export function shownByZenlayer(world: World) {
  const all = { pageSize: 100_000, pageNum: 1 }
  const list = (operation: string) => listOf(world, 'zenlayer', operation, 'dataSet', all).reverse()
  const snapshots = list('DescribeSnapshots')
  return {
    ids: snapshots.map((row) => String(field(row, 'snapshotId'))),
    shown: {
      disks: list('DescribeDisks').map((row) =>
        pick(row, 'diskId', 'diskStatus', 'diskSize', 'instanceId', 'autoSnapshotPolicyId')
      ),
      snapshots: snapshots.map((row) =>
        pick(row, 'snapshotName', 'snapshotType', 'status', 'diskId', 'createTime', 'retentionTime')
      ),
      policies: list('DescribeAutoSnapshotPolicies').map((row) =>
        pick(
          row,
          'autoSnapshotPolicyId',
          'autoSnapshotPolicyName',
          'repeatWeekDays',
          'hours',
          'retentionDays',
          'diskIdSet'
        )
      )
    }
  }
}

export function shownByBaidu(world: World) {
  const list = (operation: string, member: string) => listOf(world, 'baidu', operation, member, {})
  const snapshots = list('ListSnapshots', 'snapshots')
  const data = list('ListVolumes', 'volumes').filter((row) => field(row, 'isSystemVolume') === false)
  return {
    ids: snapshots.map((row) => String(field(row, 'id'))),
    shown: {
      // Every instance has its own system volume.
      volumes: data.map((row) => {
        const attachments = field(row, 'attachments')
        const policy = field(row, 'autoSnapshotPolicy')
        return {
          ...pick(row, 'id', 'status', 'diskSizeInGB'),
          instance: (Array.isArray(attachments) ? field(attachments[0], 'instanceId') : undefined) ?? null,
          policy: field(policy, 'id') ?? null
        }
      }),
      snapshots: snapshots.map((row) =>
        pick(row, 'name', 'createMethod', 'status', 'volumeId', 'createTime', 'expireTime')
      ),
      policies: list('ListAsps', 'autoSnapshotPolicys').map((row) =>
        pick(row, 'id', 'name', 'timePoints', 'repeatWeekdays', 'retentionDays', 'volumeCount', 'lastExecuteTime')
      )
    }
  }
}
