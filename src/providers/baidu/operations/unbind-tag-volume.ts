import { toTags, unboundTags } from '../wire/convert.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown } from '../wire/reasons.ts'
import { ChangeTags, NoBody, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const unbindTagVolume = operation({
  name: 'UnbindTagVolume',
  summary: 'Unbind tags from a volume.',
  source: 'page Unbind tags from CDS (baidu.md 5.3.9)',
  route: { method: 'PUT', path: '/v2/volume/:volumeId/tag', selector: 'unbind' },
  request: { params: ResourceParams.volume, query: TokenQuery, body: ChangeTags },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: { BadRequest: 'Leave out changeTags.', NoSuchObject: 'An id that no volume has (proposed).' },
  notes: ['A pair that is not bound is ignored (proposed). relationTag is ignored.'],
  run({ params, body, cloud, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    cloud.changeVolume(volume, { detail: { tags: unboundTags(volume.detail.tags, toTags(body.changeTags)) } })
  }
})
