import type { Why } from '../../../core/model/journal.ts'
import type { Item } from '../../../core/model/resources.ts'
import { shown } from '../errors.ts'
import type { DiskRow, GroupDetail, InstanceRow, PolicyRow, ZenlayerCloud, ZoneDetail } from '../rules/shapes.ts'
import { distinct } from './convert.ts'

/** The group that is named, or the default one; undefined for an unknown one. */
export function groupFor(cloud: ZenlayerCloud, id: string | undefined): Item<GroupDetail> | undefined {
  if (id !== undefined) return cloud.findItem('resourceGroup', id)
  const groups = cloud.items('resourceGroup')
  return groups.find((group) => group.detail.isDefault) ?? groups[0]
}

/** Looks up each id once: the rows, up to the first id that none has. */
export function lookUp<T>(
  ids: readonly string[],
  find: (id: string) => T | undefined
): { readonly rows: readonly T[]; readonly unknownId: string | undefined } {
  const rows: T[] = []
  for (const id of distinct(ids)) {
    const row = find(id)
    if (!row) return { rows, unknownId: id }
    rows.push(row)
  }
  return { rows, unknownId: undefined }
}

/** What can be in a resource group and carry tags; a snapshot can neither be moved nor tagged (zenlayer.md 5.30). */
export type Resource =
  | { readonly kind: 'disk'; readonly row: DiskRow }
  | { readonly kind: 'policy'; readonly row: PolicyRow }
  | { readonly kind: 'instance'; readonly row: InstanceRow }
export function findResource(cloud: ZenlayerCloud, id: string): Resource | undefined {
  const disk = cloud.findVolume(id)
  if (disk) return { kind: 'disk', row: disk }
  const policy = cloud.findPolicy(id)
  if (policy) return { kind: 'policy', row: policy }
  const instance = cloud.findInstance(id)
  return instance && { kind: 'instance', row: instance }
}

/** How many data disks an instance has, those on their way to it included. */
export function dataDisksOf(cloud: ZenlayerCloud, instance: InstanceRow): number {
  const attached = cloud.pageOfVolumes({ instanceN: instance.n, kind: 'DATA' }, { offset: 0, limit: 1 }).total
  const coming = cloud
    .volumesFrom({ activities: ['detaching'], kind: 'DATA', attached: true }, { limit: Number.MAX_SAFE_INTEGER })
    .filter((disk) => disk.pending?.instanceN === instance.n)
  return attached + coming.length
}

/** Whether so many more data disks fit (zenlayer.md 5.15). */
export function hasRoom(cloud: ZenlayerCloud, instance: InstanceRow, more: number): boolean {
  return dataDisksOf(cloud, instance) + more <= cloud.setting('zenlayer.instanceDiskLimit')
}

/** What the journal says about an id that nothing in this world has. */
export function unknown(field: string, id: string | undefined): Why {
  const hint = `this world has nothing of this id (another access key is another world): ${id}`
  return about(field, hint, id)
}
/** About a zone: the ones there are say more than that another world has others. */
export function unknownZone(cloud: ZenlayerCloud, id: string): Why {
  return about('zoneId', `there is no zone ${shown(id)}: this world has ${zoneIds(cloud.items('zone'))}`, id)
}
/** About a zone or a disk's zone without snapshots. */
export function withoutSnapshots(cloud: ZenlayerCloud, field: string, zoneId: string): Why {
  const others = cloud.items('zone').filter((zone) => zone.detail.snapshotSupport)
  return why(field, `zone ${zoneId} does not support snapshots: they are made in ${zoneIds(others)}`)
}
function zoneIds(zones: readonly Item<ZoneDetail>[]): string {
  return zones.map(({ id }) => id).join(', ') || 'none'
}

export function why(field: string, hint: string, value?: string | number): Why {
  return about(field, hint, value)
}
function about(field: string, hint: string, value: string | number | undefined): Why {
  return { field: `body.${field}`, hint, ...(value !== undefined && { value: shown(value) }) }
}
