import type { Cloud } from '../../core/model/cloud.ts'
import { RELATED_LIMIT, type ResourceDetail } from '../../doors/resources.ts'
import type { Views } from '../../providers/views.ts'
import { type Row, stateOf } from './resource-rows.ts'

type Related = ResourceDetail['related'][number]

const NEWEST = { offset: 0, limit: RELATED_LIMIT }

/** What a resource was made from, what it made, and what it is bound to. */
export function relatedTo(cloud: Cloud, views: Views, each: Row): Related[] {
  switch (each.kind) {
    case 'volumes': {
      const { row } = each
      const source = views.sourceOf(row)
      const found = source === null ? undefined : cloud.findSnapshot(source)
      return [
        ...(found ? [told('source', { kind: 'snapshots', row: found })] : []),
        ...instanceOf(cloud, row.instanceN),
        ...policyOf(cloud, row.policyN),
        ...snapshotsMade(cloud, { volumeNs: [row.n] })
      ]
    }
    case 'snapshots': {
      const { row } = each
      const volume = row.volumeN === 0 ? undefined : cloud.volumeOf(row.volumeN)
      const made = views.madeFrom(row.id)
      return [
        ...(volume ? [told('volume', { kind: 'volumes', row: volume })] : []),
        ...policyOf(cloud, row.policyN),
        ...(made
          ? cloud.pageOfVolumes(made, NEWEST).rows.map((one) => told('made', { kind: 'volumes', row: one }))
          : [])
      ]
    }
    case 'policies':
      return [
        ...cloud
          .pageOfVolumes({ policyN: each.row.n }, NEWEST)
          .rows.map((row) => told('bound', { kind: 'volumes', row })),
        ...snapshotsMade(cloud, { policyN: each.row.n })
      ]
    case 'instances':
      return cloud
        .pageOfVolumes({ instanceN: each.row.n }, NEWEST)
        .rows.map((row) => told('attached', { kind: 'volumes', row }))
    default:
      return each satisfies never
  }
}

function told(is: Related['is'], each: Row): Related {
  const { id, name } = each.row
  const isGone = 'goneAt' in each.row && each.row.goneAt !== null
  return { is, kind: each.kind, id, name, state: isGone ? 'gone' : stateOf(each) }
}

function instanceOf(cloud: Cloud, n: number | null): Related[] {
  const row = n === null ? undefined : cloud.instanceOf(n)
  return row ? [told('instance', { kind: 'instances', row })] : []
}

function policyOf(cloud: Cloud, n: number | null): Related[] {
  const row = n === null ? undefined : cloud.policyOf(n)
  return row ? [told('policy', { kind: 'policies', row })] : []
}

function snapshotsMade(cloud: Cloud, filter: Parameters<Cloud['pageOfSnapshots']>[0]): Related[] {
  return cloud.pageOfSnapshots(filter, NEWEST).rows.map((row) => told('made', { kind: 'snapshots', row }))
}
