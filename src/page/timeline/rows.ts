import type { Timeline } from '../../client/index.ts'
import { msOf } from '../instants.ts'

/** One thing at one instant that can be pointed at. */
export interface Mark {
  readonly at: number
  readonly kind: 'manual' | 'policy' | 'copy' | 'coming' | 'skipped' | 'fired'
  /** The id of a snapshot. */
  readonly id?: string
  readonly state?: string
  /** Infinity: kept for ever. */
  readonly until?: number
  readonly words?: string
}
/** Many snapshots in a part of time. */
export interface Part {
  readonly from: number
  readonly to: number
  readonly count: number
  readonly automatic: number
  readonly odd: number
  readonly until: number
}

export interface Row {
  readonly key: string
  readonly kind: 'policy' | 'volume'
  readonly provider: string
  readonly id: string
  readonly name: string
  /** Within a policy's group. */
  readonly isBound: boolean
  readonly createdAt: number
  readonly goneAt: number
  readonly state: string
  /** Oldest first. */
  readonly marks: readonly Mark[]
  readonly parts: readonly Part[]
  /** The fullest part. */
  readonly most: number
}

type Lane = Timeline['lanes'][number]
type Policy = Timeline['policies'][number]

/** The lanes of an answer, each policy before what is bound to it, as what is drawn. */
export function rowsOf({ lanes, policies, from, partMs }: Timeline): readonly Row[] {
  const begin = msOf(from)
  const groups = policies.flatMap((policy) => [
    policyRow(policy),
    ...lanes.filter((lane) => isOf(lane, policy)).map((lane) => volumeRow(lane, policy, begin, partMs))
  ])
  const free = lanes.filter((lane) => !policies.some((policy) => isOf(lane, policy)))
  return [...groups, ...free.map((lane) => volumeRow(lane, undefined, begin, partMs))]
}

function isOf(lane: Lane, { provider, id }: Policy): boolean {
  return lane.provider === provider && lane.policy === id
}

function policyRow({ provider, id, name, past, next, more }: Policy): Row {
  const done = past.map(({ at, made, skipped }): Mark => {
    const passed = skipped.map(({ reason, count }) => `${count} skipped: ${reason}`)
    return {
      at: msOf(at),
      kind: made === 0 && skipped.length > 0 ? 'skipped' : 'fired',
      words: [`${made} made`, ...passed].join(', ')
    }
  })
  const coming = next.map((at): Mark => ({ at: msOf(at), kind: 'coming', words: 'will fire' }))
  return {
    ...{ key: `${provider} policy ${id}`, kind: 'policy', provider, id, name, isBound: false },
    ...{ createdAt: Number.NEGATIVE_INFINITY, goneAt: Number.POSITIVE_INFINITY },
    ...{ state: more ? 'fires more often than is shown' : '', marks: [...done, ...coming], parts: [], most: 0 }
  }
}

function volumeRow(lane: Lane, policy: Policy | undefined, begin: number, partMs: number): Row {
  const { provider, id, name, createdAt, goneAt, activity, snapshots = [], parts = [] } = lane
  const kept = snapshots.map(
    (each): Mark => ({
      at: msOf(each.at),
      kind: each.origin,
      id: each.id,
      state: each.state,
      until: each.expiresAt === null ? Number.POSITIVE_INFINITY : msOf(each.expiresAt)
    })
  )
  const skipped = (policy?.past ?? []).flatMap(({ at, skipped: passed }) => {
    const why = passed.find(({ volumes }) => volumes.includes(id))
    return why ? [{ at: msOf(at), kind: 'skipped', words: why.reason } as const] : []
  })
  const coming = (policy?.next ?? []).map((at): Mark => ({ at: msOf(at), kind: 'coming', words: 'will be made' }))
  const counted = parts.map(
    ({ at, until, ...part }): Part => ({
      ...part,
      from: at === null ? begin - partMs : msOf(at),
      to: at === null ? begin : msOf(at) + partMs,
      until: until === null ? Number.POSITIVE_INFINITY : msOf(until)
    })
  )
  return {
    ...{ key: `${provider} volume ${id}`, kind: 'volume', provider, id, name, isBound: policy !== undefined },
    createdAt: msOf(createdAt),
    goneAt: goneAt === null ? Number.POSITIVE_INFINITY : msOf(goneAt),
    state: goneAt === null ? activity : 'gone',
    marks: [...kept, ...skipped, ...coming].toSorted((one, other) => one.at - other.at),
    parts: counted,
    most: counted.reduce((most, { count }) => Math.max(most, count), 0)
  }
}

/** What is pointed at, in words. */
export function wordsOf({ kind, state, words }: Mark): string {
  switch (kind) {
    case 'coming':
      return `not yet: ${words}`
    case 'skipped':
      return `skipped: ${words}`
    case 'fired':
      return `fired: ${words}`
    case 'policy':
      return `automatic snapshot, ${state}`
    default:
      return `${kind === 'copy' ? 'copied' : 'manual'} snapshot, ${state}`
  }
}
