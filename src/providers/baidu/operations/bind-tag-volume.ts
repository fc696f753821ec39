import { boundTags, toTags } from '../wire/convert.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown } from '../wire/reasons.ts'
import { ChangeTags, NoBody, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const bindTagVolume = operation({
  name: 'BindTagVolume',
  summary: 'Bind tags to a volume.',
  source: 'page Bind tags to CDS (baidu.md 5.3.9)',
  route: { method: 'PUT', path: '/v2/volume/:volumeId/tag', selector: 'bind' },
  request: { params: ResourceParams.volume, query: TokenQuery, body: ChangeTags },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: { BadRequest: 'Leave out changeTags.', NoSuchObject: 'An id that no volume has (proposed).' },
  notes: [
    'Half a character in a key or value is refused (inferred).',
    'A key that is bound gets the new value (proposed). Unknown tags are created. relationTag is ignored.'
  ],
  run({ params, body, cloud, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    cloud.changeVolume(volume, { detail: { tags: boundTags(volume.detail.tags, toTags(body.changeTags)) } })
  }
})
