import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../server/start.ts'

/** What was seen as the value of a member, by the member's name. */
export interface Words {
  of(member: string): readonly Word[]
  /** Takes what stands in an answer or a request. */
  learn(value: unknown): void
  forget(): void
}
export type Word = string | number

const KEPT = 48
const LONGEST = 256
/** Lists whose rows call their own id `id`. */
const ROWS: Readonly<Record<string, string>> = {
  snapshots: 'snapshotId',
  volumes: 'volumeId',
  instances: 'instanceId',
  autoSnapshotPolicys: 'aspId',
  autoSnapshotPolicy: 'aspId',
  autoSnapshotPolicyInfos: 'aspId',
  images: 'imageId',
  requests: 'requestId'
}
/** Members that are asked for by several names. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  aspId: ['autoSnapshotPolicyId'],
  autoSnapshotPolicyId: ['aspId'],
  snapshotId: ['shareSnapshotId', 'sourceSnapshotId'],
  snapShotId: ['snapshotId'],
  sourceSnapshotId: ['snapshotId'],
  shareSnapshotId: ['snapshotId'],
  marker: ['nextMarker', 'volumeId', 'snapshotId', 'aspId'],
  resource: ['diskId', 'snapshotId', 'autoSnapshotPolicyId', 'instanceId', 'volumeId', 'aspId'],
  resourceUuid: ['diskId', 'snapshotId', 'autoSnapshotPolicyId', 'instanceId'],
  resourceId: ['volumeId', 'snapshotId', 'instanceId']
}

/** Words that are forgotten one by one as new ones come, above those of `known`, which stay. */
export function createWords(known?: Words): Words {
  const seen = new Map<string, Word[]>()
  const add = (member: string, word: Word) => {
    const own = seen.get(member)
    if (!own) seen.set(member, [word])
    else if (!own.includes(word)) {
      own.push(word)
      if (own.length > KEPT) own.shift()
    }
  }
  const learn = (value: unknown, member: string, around: string): void => {
    if (typeof value === 'string' || typeof value === 'number') {
      if (String(value).length <= LONGEST && value !== '')
        add(member === 'id' ? (ROWS[around] ?? 'id') : singular(member), value)
    } else if (Array.isArray(value)) for (const item of value) learn(item, member, member)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) learn(inner, name, member === '' ? around : member)
    }
  }
  return {
    of(member) {
      const name = singular(member)
      return [name, ...(SAME[name] ?? [])].flatMap((each) => [...(seen.get(each) ?? []), ...(known?.of(each) ?? [])])
    },
    learn: (value) => learn(value, '', ''),
    forget: () => seen.clear()
  }
}

/** `diskIds` and `diskIdSet` hold what `diskId` does. */
function singular(member: string): string {
  return member.replace(/(?<=.)(?:Set|s)$/, '')
}

/** What the fixtures of a cloud say in their requests: words that no schema tells. */
export function fixtureWords(cloud: string): Words {
  const words = createWords()
  const folder = join(ROOT, 'fixtures', cloud)
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (!/[\\/].*\.yaml$/.test(file)) continue
    const exchange: unknown = parse(readFileSync(join(folder, file), 'utf8'))
    const request = Object(Reflect.get(Object(exchange), 'request'))
    words.learn(Reflect.get(request, 'body'))
    const query = String(Reflect.get(request, 'url') ?? '').split('?')[1] ?? ''
    words.learn(Object.fromEntries(new URLSearchParams(query)))
  }
  return words
}
