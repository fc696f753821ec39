import { Type } from '@sinclair/typebox'
import { volumeOfChain } from '../matters/chains.ts'
import { boundTags, toTags } from '../wire/convert.ts'
import { unknown } from '../wire/reasons.ts'
import { ChangeTags, NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const bindTagSnapchain = operation({
  name: 'BindTagSnapchain',
  summary: 'Bind tags to a snapshot chain.',
  source: 'page Bind tags to a snapshot chain (baidu.md 5.2.8)',
  route: { method: 'PUT', path: '/v2/snapshot/chain/:chainId/tag', selector: 'bind' },
  request: { params: Type.Object({ chainId: Type.String() }), query: TokenQuery, body: ChangeTags },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: 'Leave out changeTags (proposed).',
    NoSuchObject: 'A chainId that no chain has (proposed).'
  },
  notes: [
    'Half a character in a key or value is refused (inferred).',
    'A key that is bound gets the new value (proposed).'
  ],
  run({ params, body, cloud, fail }) {
    const volume = volumeOfChain(cloud, params.chainId)
    if (!volume) throw fail('NoSuchObject', unknown('params.chainId', params.chainId))
    cloud.changeVolume(volume, { detail: { chainTags: boundTags(volume.detail.chainTags, toTags(body.changeTags)) } })
  }
})
