import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { volumeOfChain } from '../matters/chains.ts'
import { page, unsaid } from '../sources.ts'
import { toTags, unboundTags } from '../wire/convert.ts'
import { unknown } from '../wire/reasons.ts'
import { ChangeTags, NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const unbindTagSnapchain = operation({
  name: 'UnbindTagSnapchain',
  summary: 'Unbind tags from a snapshot chain.',
  evidence: page('Unbind tags from a snapshot chain', '5.2.8'),
  route: { method: 'PUT', path: '/v2/snapshot/chain/:chainId/tag', selector: 'unbind' },
  request: { params: Type.Object({ chainId: Type.String() }), query: TokenQuery, body: ChangeTags },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: statement('Leave out changeTags.', unsaid('5.2.8')),
    NoSuchObject: statement('A chainId that no chain has.', unsaid('5.2.8'))
  },
  notes: [statement('A pair that is not bound is ignored.', unsaid('5.2.8'))],
  run({ params, body, cloud, fail }) {
    const volume = volumeOfChain(cloud, params.chainId)
    if (!volume) throw fail('NoSuchObject', unknown('params.chainId', params.chainId))
    cloud.changeVolume(volume, { detail: { chainTags: unboundTags(volume.detail.chainTags, toTags(body.changeTags)) } })
  }
})
