import type { Operation } from '../../providers/provider.ts'
import { zenlayer as provider } from '../../providers/zenlayer/index.ts'
import { isObject, type Members } from '../differences/values.ts'
import { answerOf, type Exchange, isReading, isSuccess, valueIn } from '../exchange.ts'
import type { ComparedCloud, Composed, Input } from './cloud.ts'
import type { CloudMembers } from './members.ts'
import { isText, type Looks, lasting, objectsIn, rowOf, type Sighting, sightingsIn } from './sightings.ts'

const members: CloudMembers = {
  isId: (name) => /(?:Ids?|IdSet|^serial|^orderNumber)$/.test(name),
  keys: [
    ...['snapshotId', 'diskId', 'autoSnapshotPolicyId', 'instanceId', 'zoneId', 'regionId', 'resourceGroupId'],
    ...['key', 'time']
  ],
  states: ['diskStatus', 'instanceStatus', 'status'],
  isFresh: (name) => name === 'requestId',
  isOfState: (name) => name === 'diskAbility',
  isTotal: (name) => name === 'totalCount'
}

type Kind = 'zone' | 'group' | 'instance' | 'policy' | 'disk' | 'snapshot'
type Seen = Sighting<Kind>

const looks: Looks<Kind> = {
  lookAt(shown) {
    const { snapshotId, snapshotName, autoSnapshotPolicyId, autoSnapshotPolicyName, hours } = shown
    const { diskId, diskStatus, instanceId, instanceName, zoneId, zoneName, resourceGroupId, resourceGroupName } = shown
    if (isText(snapshotId) && isText(snapshotName)) return { kind: 'snapshot', id: snapshotId, state: shown.status }
    if (isText(diskId) && isText(diskStatus)) return { kind: 'disk', id: diskId, state: diskStatus }
    if (isText(autoSnapshotPolicyId) && isText(autoSnapshotPolicyName) && hours) {
      return { kind: 'policy', id: autoSnapshotPolicyId }
    }
    if (isText(instanceId) && isText(instanceName)) return { kind: 'instance', id: instanceId, state: shown.status }
    if (isText(zoneId) && isText(zoneName)) return { kind: 'zone', id: zoneId }
    const isGroup = isText(resourceGroupName) || isText(shown.name)
    return isText(resourceGroupId) && isGroup ? { kind: 'group', id: resourceGroupId } : undefined
  },
  // What a policy makes no call does.
  isMadeMeanwhile: (kind, { snapshotType }) => kind === 'snapshot' && snapshotType === 'Auto'
}

/** Zenlayer ZEC, as comparisons see it. */
export const zenlayer: ComparedCloud = {
  provider,
  members,
  compose,
  aboutSigning: ['AUTHFAILURE_INVALID_AUTHORIZATION', 'AUTHFAILURE_SIGNATURE_FAILURE', 'AUTHFAILURE_SIGNATURE_EXPIRED'],
  seedFrom
}

function seedFrom(exchanges: readonly Exchange[]): Readonly<Record<string, unknown>> {
  const seen = sightingsIn(exchanges, { ...looks, isMadeMeanwhile: meanwhileIn(exchanges) })
  // What dates from the same second is listed the later the earlier it was made, but for zones.
  const of = (kind: Kind) => {
    const these = seen.filter((sighting) => sighting.kind === kind)
    return kind === 'zone' ? these : these.reverse()
  }
  const instances = withUnseen(of('instance').map(instanceRow), of('disk'))
  const policies: readonly Row[] = of('policy').map(({ shown }) => row('policies', { ...flat(shown) }))
  const disks: Row[] = of('disk').map((disk) => diskRow(disk, instances, policies))
  disks.push(...bootDisks(of('instance'), disks))
  const snapshots: readonly Row[] = of('snapshot').map((snapshot) => snapshotRow(snapshot, policies))
  for (const { diskId, zoneId } of snapshots) {
    if (!disks.some((disk) => disk.diskId === diskId)) disks.push(unseenDisk(diskId, zoneId))
  }
  for (const [diskId, zoneId] of unseenDisks(exchanges)) {
    const isMade = exchanges.some((each) => isSuccess(each) && JSON.stringify(each.response.body).includes(diskId))
    if (!isMade && !disks.some((disk) => disk.diskId === diskId)) disks.push(unseenDisk(diskId, zoneId))
  }
  const rows = [...instances, ...policies, ...disks, ...snapshots]
  const zones: Row[] = of('zone').map(({ shown, id }) => ({ regionId: regionOf(id), ...row('zones', shown) }))
  const lists = zoneListsIn(exchanges, zones)
  const named = new Set([...lists.flat(), ...rows.map(({ zoneId }) => zoneId), ...zonesAskedFor(exchanges)])
  for (const zoneId of named) {
    if (!isText(zoneId) || zones.some((zone) => zone.zoneId === zoneId)) continue
    const regionId = of('disk').find(({ shown }) => shown.zoneId === zoneId)?.shown.regionId
    zones.push({ zoneId, regionId: isText(regionId) ? regionId : regionOf(zoneId) })
  }
  return {
    resourceGroups: groupsOf([...of('group'), ...of('disk'), ...of('instance')]),
    zones: inOrderOf(lists, zones),
    instances,
    policies,
    disks,
    snapshots
  }
}

/** Snapshots of policies that date from the time of the calls. */
function meanwhileIn(exchanges: readonly Exchange[]): Looks<Kind>['isMadeMeanwhile'] {
  const fired = exchanges.find(({ operation }) => operation === 'ApplyAutoSnapshotPolicy')
  return (kind, shown, made) => fired !== undefined && looks.isMadeMeanwhile(kind, shown, made)
}

function row(list: string, shown: Members): Record<string, unknown> {
  return rowOf(provider.seed.schema, list, shown)
}

/** Groups and tags stand one level up in a seed. */
function flat(shown: Members): Members {
  const group = isObject(shown.resourceGroup) ? { resourceGroupId: shown.resourceGroup.resourceGroupId } : {}
  const tags = isObject(shown.tags) ? { tags: shown.tags.tags } : {}
  return { ...shown, ...group, ...tags }
}

function instanceRow({ shown, states }: Seen) {
  return { ...row('instances', flat(shown)), status: lasting(states, 'RUNNING') }
}

type Row = Readonly<Record<string, unknown>>

/** Those that only their disks speak of, too. */
function withUnseen(instances: readonly Row[], disks: readonly Seen[]): readonly Row[] {
  const all = [...instances]
  for (const { shown } of disks) {
    const { instanceId, instanceName, zoneId } = shown
    if (!isText(instanceId) || all.some((instance) => instance.instanceId === instanceId)) continue
    all.push({ instanceId, instanceName: isText(instanceName) ? instanceName : 'unseen', zoneId })
  }
  return all
}

function diskRow({ shown, states, before }: Seen, instances: readonly Row[], policies: readonly Row[]): Row {
  const { instanceId, autoSnapshotPolicyId, expiredTime: _, ...rest } = row('disks', flat(shown))
  const isAttachedBy = before.includes('AttachDisks')
  const isOn = instances.some((instance) => instance.instanceId === instanceId) && !isAttachedBy
  const hasPolicy = policies.some((policy) => policy.autoSnapshotPolicyId === autoSnapshotPolicyId)
  const isBound = hasPolicy && !before.includes('ApplyAutoSnapshotPolicy')
  const state = lasting(states, 'AVAILABLE')
  const free = ['IN_USE', 'AVAILABLE'].includes(state) ? 'AVAILABLE' : state
  return {
    ...unseenDisk(shown.diskId, shown.zoneId),
    ...(Number(shown.diskSize) > 0 && { diskSize: Number(shown.diskSize) }),
    ...rest,
    diskStatus: isOn ? 'IN_USE' : free,
    ...(isOn && { instanceId }),
    ...(isBound && { autoSnapshotPolicyId })
  }
}

function snapshotRow({ shown, states }: Seen, policies: readonly Row[]): Row {
  const { autoSnapshotPolicyId, ...rest } = row('snapshots', flat(shown))
  const hasPolicy = policies.some((policy) => policy.autoSnapshotPolicyId === autoSnapshotPolicyId)
  return { ...rest, status: lasting(states, 'AVAILABLE'), ...(hasPolicy && { autoSnapshotPolicyId }) }
}

/** Those that only their instances show. */
function bootDisks(instances: readonly Seen[], disks: readonly Row[]): readonly Row[] {
  return instances.flatMap(({ id, shown: { systemDisk, zoneId } }) => {
    if (!isObject(systemDisk) || disks.some(({ diskId }) => diskId === systemDisk.diskId)) return []
    const seen = { ...unseenDisk(systemDisk.diskId, zoneId), ...row('disks', systemDisk) }
    return [{ ...seen, diskType: 'SYSTEM', diskStatus: 'IN_USE', instanceId: id }]
  })
}

const UNSEEN_SIZE_GIB = 20

/** A disk that calls speak of and no answer shows. */
function unseenDisk(diskId: unknown, zoneId: unknown): Row {
  return { diskId, zoneId, diskName: 'unseen', diskSize: UNSEEN_SIZE_GIB }
}

/** Disks that calls went through with, and the zone that any of them names. */
function* unseenDisks(exchanges: readonly Exchange[]): Generator<readonly [diskId: string, zoneId: string]> {
  const [zone = 'unseen-1a'] = zonesAskedFor(exchanges)
  for (const exchange of exchanges) {
    const body = valueIn(exchange.request.body)
    if (!isSuccess(exchange) || isReading(exchange.operation) || !isObject(body)) continue
    const ids = [body.diskId, ...(Array.isArray(body.diskIds) ? body.diskIds : [])]
    for (const id of ids) if (isText(id)) yield [id, zone]
  }
}

function zonesAskedFor(exchanges: readonly Exchange[]): readonly string[] {
  const bodies = exchanges
    .filter((each) => isSuccess(each) && !isReading(each.operation))
    .map((each) => each.request.body)
  return bodies.map(valueIn).flatMap((body) => (isObject(body) && isText(body.zoneId) ? [body.zoneId] : []))
}

/** The zones of each answer that lists some, with or without their names; a region is the first of its zones. */
function zoneListsIn(exchanges: readonly Exchange[], zones: readonly Row[]): readonly (readonly string[])[] {
  const inRegion = (regionId: string) => zones.find((zone) => zone.regionId === regionId)?.zoneId ?? `${regionId}a`
  return exchanges.filter(isSuccess).map((exchange) => {
    const { operation = '' } = exchange
    const objects = [...objectsIn(answerOf(exchange).body)]
    if (operation === 'DescribeDiskRegions') {
      const regions = objects.flatMap(({ regionIds }) => (Array.isArray(regionIds) ? regionIds : []))
      return regions.filter(isText).map(inRegion).filter(isText)
    }
    return LISTING_ZONES.has(operation) ? objects.map(({ zoneId }) => zoneId).filter(isText) : []
  })
}
const LISTING_ZONES: ReadonlySet<string> = new Set(['DescribeZones', 'DescribeDiskCategory'])

/** Zones as the longest list of them has them: others may be filtered. What it has not comes last. */
function inOrderOf(lists: readonly (readonly string[])[], zones: readonly Row[]): readonly Row[] {
  const [longest = []] = lists.toSorted((one, other) => other.length - one.length)
  const place = ({ zoneId }: Row) => (isText(zoneId) && longest.includes(zoneId) ? longest.indexOf(zoneId) : Infinity)
  return zones.toSorted((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)))
}

function regionOf(zoneId: string): string {
  return zoneId.replace(/[a-z]$/, '')
}

/** Groups, of their own list or as what is in them shows them. */
function groupsOf(seen: readonly Seen[]): readonly Row[] {
  const names = new Map<string, string>()
  for (const { shown } of seen) {
    const { resourceGroupId: id, resourceGroupName, name } = shown
    const called = isText(resourceGroupName) ? resourceGroupName : name
    if (isText(id) && isText(called) && !names.has(id)) names.set(id, called)
  }
  const groups = [...names].map(([resourceGroupId, name]) => ({ resourceGroupId, name }))
  const first = groups.findIndex(({ name }) => /default/i.test(name))
  return groups.map((group, index) => ({ ...group, ...(index === Math.max(first, 0) && { isDefault: true }) }))
}

const NEWEST = '2025-09-01'

/** Cloud: an action is a header (zenlayer.md 1.2). */
function compose({ name, route, versions }: Operation, { body = {} }: Input): Composed {
  return {
    method: route.method,
    url: route.path,
    headers: [
      ['content-type', 'application/json'],
      ['x-zc-action', route.selector ?? name],
      ['x-zc-version', versions?.at(-1) ?? NEWEST]
    ],
    body: { json: body }
  }
}
