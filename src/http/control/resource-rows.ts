import type { Cloud } from '../../core/model/cloud.ts'
import type { Instance, Policy, Snapshot, Volume } from '../../core/model/resources.ts'

export type Kind = Row['kind']
/** A row, and of which kind it is. */
export type Row =
  | { readonly kind: 'volumes'; readonly row: Volume }
  | { readonly kind: 'snapshots'; readonly row: Snapshot }
  | { readonly kind: 'policies'; readonly row: Policy }
  | { readonly kind: 'instances'; readonly row: Instance }

/** The newest first; a text stands in the id or the name. */
export function pageOf(
  cloud: Cloud,
  kind: Kind,
  text: string | undefined,
  window: { readonly offset: number; readonly limit: number }
): { readonly total: number; readonly rows: readonly Row[] } {
  const filter = { text }
  switch (kind) {
    case 'volumes': {
      const { total, rows } = cloud.pageOfVolumes(filter, window)
      return { total, rows: rows.map((row) => ({ kind, row })) }
    }
    case 'snapshots': {
      const { total, rows } = cloud.pageOfSnapshots(filter, window)
      return { total, rows: rows.map((row) => ({ kind, row })) }
    }
    case 'policies': {
      const { total, rows } = cloud.pageOfPolicies(filter, window)
      return { total, rows: rows.map((row) => ({ kind, row })) }
    }
    case 'instances': {
      const { total, rows } = cloud.pageOfInstances(filter, window)
      return { total, rows: rows.map((row) => ({ kind, row })) }
    }
    default:
      return kind satisfies never
  }
}

export function find(cloud: Cloud, kind: Kind, id: string): Row | undefined {
  switch (kind) {
    case 'volumes': {
      const row = cloud.findVolume(id)
      return row && { kind, row }
    }
    case 'snapshots': {
      const row = cloud.findSnapshot(id)
      return row && { kind, row }
    }
    case 'policies': {
      const row = cloud.findPolicy(id)
      return row && { kind, row }
    }
    case 'instances': {
      const row = cloud.findInstance(id)
      return row && { kind, row }
    }
    default:
      return kind satisfies never
  }
}

/** The same words for every cloud. */
export function stateOf(each: Row): string {
  switch (each.kind) {
    case 'volumes':
      return each.row.activity === 'idle' && each.row.instanceN !== null ? 'attached' : each.row.activity
    case 'policies':
      return each.row.firesAt === null ? 'idle' : 'active'
    default:
      return each.row.state
  }
}
