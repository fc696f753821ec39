import { statement } from '../../evidence.ts'
import { inferred, page, unsaid, usual } from '../sources.ts'
import { boundTags, toTags } from '../wire/convert.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown } from '../wire/reasons.ts'
import { ChangeTags, NoBody, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const bindTagVolume = operation({
  name: 'BindTagVolume',
  summary: 'Bind tags to a volume.',
  evidence: page('Bind tags to CDS', '5.3.9'),
  route: { method: 'PUT', path: '/v2/volume/:volumeId/tag', selector: 'bind' },
  request: { params: ResourceParams.volume, query: TokenQuery, body: ChangeTags },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: statement('Leave out changeTags.', usual('3.2')),
    NoSuchObject: statement('An id that no volume has.', unsaid('5.3.9'))
  },
  notes: [
    statement('Half a character in a key or value is refused.', inferred('text is UTF-8, which has no halves', '1.1')),
    statement('A key that is bound gets the new value.', unsaid('5.3.9')),
    statement('Unknown tags are created.', page('Bind tags to CDS', '5.3.9')),
    statement('relationTag is ignored.', unsaid('5.3.9'))
  ],
  run({ params, body, cloud, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    cloud.changeVolume(volume, { detail: { tags: boundTags(volume.detail.tags, toTags(body.changeTags)) } })
  }
})
