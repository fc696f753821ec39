import { Type } from '@sinclair/typebox'
import { volumeOfChain } from '../matters/chains.ts'
import { toTags, unboundTags } from '../wire/convert.ts'
import { unknown } from '../wire/reasons.ts'
import { ChangeTags, NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const unbindTagSnapchain = operation({
  name: 'UnbindTagSnapchain',
  summary: 'Unbind tags from a snapshot chain.',
  source: 'page Unbind tags from a snapshot chain (baidu.md 5.2.8)',
  route: { method: 'PUT', path: '/v2/snapshot/chain/:chainId/tag', selector: 'unbind' },
  request: { params: Type.Object({ chainId: Type.String() }), query: TokenQuery, body: ChangeTags },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: 'Leave out changeTags (proposed).',
    NoSuchObject: 'A chainId that no chain has (proposed).'
  },
  notes: ['A pair that is not bound is ignored (proposed).'],
  run({ params, body, cloud, fail }) {
    const volume = volumeOfChain(cloud, params.chainId)
    if (!volume) throw fail('NoSuchObject', unknown('params.chainId', params.chainId))
    cloud.changeVolume(volume, { detail: { chainTags: unboundTags(volume.detail.chainTags, toTags(body.changeTags)) } })
  }
})
