import { Type } from '@sinclair/typebox'
import type { BaiduCloud, Tags } from '../rules/shapes.ts'
import { findVolume } from '../wire/lookups.ts'
import { TagIn } from '../wire/schemas.ts'
import { volumeOfChain } from './chains.ts'

/** `isRelationTag` and the type are not needed: an id says what it is of. */
export const ResourceTags = Type.Object({
  resourceType: Type.Optional(Type.String({ ignored: true })),
  resourceIds: Type.Array(Type.String(), { minItems: 1 }),
  tags: Type.Array(TagIn, { minItems: 1 }),
  isRelationTag: Type.Optional(Type.Boolean({ ignored: true }))
})

/** Changes the tags of an instance, a volume or a snapshot chain; undefined where the id is of none. */
export function tagChangerOf(cloud: BaiduCloud, id: string): ((change: (tags: Tags) => Tags) => void) | undefined {
  const instance = cloud.findInstance(id)
  if (instance)
    return (change) => void cloud.changeInstance(instance, { detail: { tags: change(instance.detail.tags) } })
  const volume = findVolume(cloud, id)
  if (volume) return (change) => void cloud.changeVolume(volume, { detail: { tags: change(volume.detail.tags) } })
  const owner = volumeOfChain(cloud, id)
  return (
    owner && ((change) => void cloud.changeVolume(owner, { detail: { chainTags: change(owner.detail.chainTags) } }))
  )
}
