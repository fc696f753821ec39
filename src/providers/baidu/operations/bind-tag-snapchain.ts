import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { volumeOfChain } from '../matters/chains.ts'
import { inferred, page, unsaid } from '../sources.ts'
import { boundTags, toTags } from '../wire/convert.ts'
import { unknown } from '../wire/reasons.ts'
import { ChangeTags, NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const bindTagSnapchain = operation({
  name: 'BindTagSnapchain',
  summary: 'Bind tags to a snapshot chain.',
  evidence: page('Bind tags to a snapshot chain', '5.2.8'),
  route: { method: 'PUT', path: '/v2/snapshot/chain/:chainId/tag', selector: 'bind' },
  request: { params: Type.Object({ chainId: Type.String() }), query: TokenQuery, body: ChangeTags },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: statement('Leave out changeTags.', unsaid('5.2.8')),
    NoSuchObject: statement('A chainId that no chain has.', unsaid('5.2.8'))
  },
  notes: [
    statement('Half a character in a key or value is refused.', inferred('text is UTF-8, which has no halves', '1.1')),
    statement('A key that is bound gets the new value.', unsaid('5.2.8'))
  ],
  run({ params, body, cloud, fail }) {
    const volume = volumeOfChain(cloud, params.chainId)
    if (!volume) throw fail('NoSuchObject', unknown('params.chainId', params.chainId))
    cloud.changeVolume(volume, { detail: { chainTags: boundTags(volume.detail.chainTags, toTags(body.changeTags)) } })
  }
})
