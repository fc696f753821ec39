import { baidu as provider } from '../../providers/baidu/index.ts'
import type { Operation } from '../../providers/provider.ts'
import { isObject, type Members } from '../differences/values.ts'
import type { Exchange } from '../exchange.ts'
import type { ComparedCloud, Composed, Input } from './cloud.ts'
import type { CloudMembers } from './members.ts'
import { isText, type Looks, lasting, objectsIn, rowOf, type Sighting, sightingsIn } from './sightings.ts'

const members: CloudMembers = {
  isId: (name) => /^id$|(?:Ids?|Uuid)$|^(?:serial|marker|nextMarker)$/.test(name),
  keys: [
    ...['id', 'chainId', 'snapshotId', 'volumeId', 'instanceId', 'zoneName', 'regionId', 'groupId', 'tagKey'],
    ...['storageType', 'specId']
  ],
  states: ['status'],
  isFresh: (name) => name === 'requestId',
  isOfState: (name) => name === 'progress',
  isTotal: (name) => name === 'totalCount'
}

type Kind = 'instance' | 'policy' | 'volume' | 'snapshot'
type Seen = Sighting<Kind>

const looks: Looks<Kind> = {
  lookAt(shown) {
    const { id, status } = shown
    if (!isText(id)) return undefined
    if (isText(shown.createMethod)) return { kind: 'snapshot', id, state: status }
    if (typeof shown.diskSizeInGB === 'number') return { kind: 'volume', id, state: status }
    // Within a volume a policy is shown without its times.
    if (Array.isArray(shown.timePoints)) return isText(shown.createdTime) ? { kind: 'policy', id } : undefined
    return isText(shown.paymentTiming) ? { kind: 'instance', id, state: status } : undefined
  },
  isMadeMeanwhile(kind, shown, made) {
    return kind === 'volume' && shown.type === 'System' && made.has(String(attachmentOf(shown)?.instanceId))
  }
}

/** Baidu AI Cloud BCC, as comparisons see it. */
export const baidu: ComparedCloud = {
  provider,
  members,
  compose,
  aboutSigning: ['InvalidHTTPAuthHeader', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'RequestExpired'],
  seedFrom
}

function seedFrom(exchanges: readonly Exchange[]): Readonly<Record<string, unknown>> {
  const seen = sightingsIn(exchanges, { ...looks, isMadeMeanwhile: meanwhileIn(exchanges) })
  const of = (kind: Kind) => seen.filter((sighting) => sighting.kind === kind)
  const instances = withUnseen(of('instance').map(instanceRow), of('volume'))
  const policies: readonly Row[] = of('policy').map(({ shown }) => row('policies', shown))
  const volumes: readonly Row[] = of('volume').map((volume) => volumeRow(volume, instances, policies))
  const snapshots: readonly Row[] = of('snapshot').map(({ shown, states }) => ({
    ...row('snapshots', shown),
    status: lasting(states, 'Available')
  }))
  const known = new Set(volumes.map(({ id }) => id))
  const unseen = new Set(snapshots.flatMap(({ volumeId }) => (known.has(volumeId) ? [] : (volumeId ?? []))))
  const [outlived, others] = [snapshots.filter(isOutlived), snapshots.filter((snapshot) => !isOutlived(snapshot))]
  return {
    ...zonesOf(exchanges, [...instances, ...volumes]),
    instances,
    policies,
    volumes: [
      ...volumes,
      ...[...unseen].map((id) => ({ id, name: 'unseen' })),
      ...outlived.map(({ id, sizeInGB }) => ({ id: goneId(id), diskSizeInGB: sizeInGB, status: 'Deleted' }))
    ],
    snapshots: [...others, ...outlived.map((snapshot) => ({ ...snapshot, volumeId: goneId(snapshot.id) }))]
  }
}

/** A snapshot whose volume is gone: a seed has such by a volume that is released again at once. */
function isOutlived({ volumeId, createMethod }: Row): boolean {
  return volumeId === undefined && createMethod !== 'MIGRATION'
}

function goneId(snapshotId: unknown): string {
  return `v-of-${snapshotId}`
}

/** Snapshots of policies that date from the time of the calls. */
function meanwhileIn(exchanges: readonly Exchange[]): Looks<Kind>['isMadeMeanwhile'] {
  const isBinding = exchanges.some(({ operation }) => operation === 'AttachAsp')
  return (kind, shown, made) =>
    (isBinding && kind === 'snapshot' && shown.createMethod === 'auto') || looks.isMadeMeanwhile(kind, shown, made)
}

type Row = Readonly<Record<string, unknown>>

function row(list: string, shown: Members): Record<string, unknown> {
  return rowOf(provider.seed.schema, list, shown)
}

function instanceRow({ shown, states, before }: Seen): Row {
  const seen = lasting(states, 'Running')
  const status = before.includes('StopInstance') ? 'Running' : before.includes('StartInstance') ? 'Stopped' : seen
  const { paymentTiming, expireTime, ...rest } = row('instances', shown)
  return { ...rest, status, paymentTiming, ...(paymentTiming === 'Prepaid' && { expireTime }) }
}

/** Those that only their volumes speak of, too. */
function withUnseen(instances: readonly Row[], volumes: readonly Seen[]): readonly Row[] {
  const all = [...instances]
  for (const { shown } of volumes) {
    const id = attachmentOf(shown)?.instanceId
    if (isText(id) && !all.some((instance) => instance.id === id)) all.push({ id, zoneName: shown.zoneName })
  }
  return all
}

function volumeRow({ shown, states, before }: Seen, instances: readonly Row[], policies: readonly Row[]): Row {
  const { expireTime, ...rest } = row('volumes', shown)
  const attachment = attachmentOf(shown)
  const isOn = instances.some(({ id }) => id === attachment?.instanceId) && !before.includes('AttachVolume')
  const policy = isObject(shown.autoSnapshotPolicy) ? shown.autoSnapshotPolicy.id : undefined
  const isBound = policies.some(({ id }) => id === policy) && !before.includes('AttachAsp')
  const state = lasting(states, 'Available')
  const free = ['InUse', 'Available'].includes(state) ? 'Available' : state
  return {
    ...rest,
    type: isOn || shown.type !== 'System' ? shown.type : 'Cds',
    status: isOn ? 'InUse' : free,
    ...(isOn && { instanceId: attachment?.instanceId, device: attachment?.device }),
    ...(isBound && { autoSnapshotPolicyId: policy }),
    ...(shown.paymentTiming === 'Prepaid' && isText(expireTime) && { expireTime })
  }
}

function attachmentOf({ attachments }: Members): Members | undefined {
  const first: unknown = Array.isArray(attachments) ? attachments[0] : undefined
  return isObject(first) ? first : undefined
}

/** The zones in the order of their list, where one was asked for. */
function zonesOf(exchanges: readonly Exchange[], rows: readonly Row[]): { readonly zones?: readonly string[] } {
  const listed = exchanges.find(({ operation, response }) => operation === 'ListZones' && response.status === 200)
  const zones = new Set<string>()
  for (const { zoneName } of listed ? objectsIn(listed.response.body) : []) if (isText(zoneName)) zones.add(zoneName)
  for (const { zoneName } of rows) if (isText(zoneName)) zones.add(zoneName)
  return zones.size === 0 ? {} : { zones: [...zones] }
}

/** Cloud: an action is a key of the query without a value (baidu.md 1.2). */
function compose({ route }: Operation, { params = {}, query = {}, body }: Input): Composed {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const parameters = [...(route.selector === undefined ? [] : [route.selector]), ...pairs]
  return {
    method: route.method,
    url: parameters.length === 0 ? path : `${path}?${parameters.join('&')}`,
    headers: [['content-type', 'application/json;charset=utf-8']],
    ...(body !== undefined && { body: { json: body } })
  }
}
