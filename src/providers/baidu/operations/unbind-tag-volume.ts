import { statement } from '../../evidence.ts'
import { page, unsaid, usual } from '../sources.ts'
import { toTags, unboundTags } from '../wire/convert.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown } from '../wire/reasons.ts'
import { ChangeTags, NoBody, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const unbindTagVolume = operation({
  name: 'UnbindTagVolume',
  summary: 'Unbind tags from a volume.',
  evidence: page('Unbind tags from CDS', '5.3.9'),
  route: { method: 'PUT', path: '/v2/volume/:volumeId/tag', selector: 'unbind' },
  request: { params: ResourceParams.volume, query: TokenQuery, body: ChangeTags },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: statement('Leave out changeTags.', usual('3.2')),
    NoSuchObject: statement('An id that no volume has.', unsaid('5.3.9'))
  },
  notes: [
    statement('A pair that is not bound is ignored.', unsaid('5.3.9')),
    statement('relationTag is ignored.', unsaid('5.3.9'))
  ],
  run({ params, body, cloud, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    cloud.changeVolume(volume, { detail: { tags: unboundTags(volume.detail.tags, toTags(body.changeTags)) } })
  }
})
