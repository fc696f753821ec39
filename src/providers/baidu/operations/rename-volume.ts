import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { page, unsaid } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown } from '../wire/reasons.ts'
import { Name, NoBody, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const renameVolume = operation({
  name: 'RenameVolume',
  summary: 'Rename a volume.',
  evidence: page('Rename CDS', '5.3.9'),
  route: { method: 'PUT', path: '/v2/volume/:volumeId', selector: 'rename' },
  request: { params: ResourceParams.volume, query: TokenQuery, body: Type.Object({ name: Name }) },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: statement('Leave out the name, or begin it with a digit.', unsaid('5.3.9')),
    NoSuchObject: statement('An id that no volume has.', unsaid('5.3.9'))
  },
  run({ params, body, cloud, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    cloud.changeVolume(volume, { name: body.name })
  }
})
