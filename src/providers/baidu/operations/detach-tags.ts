import { statement } from '../../evidence.ts'
import { ResourceTags, tagChangerOf } from '../matters/tags.ts'
import { client, unsaid } from '../sources.ts'
import { toTags, unboundTags } from '../wire/convert.ts'
import { unknown } from '../wire/reasons.ts'
import { NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const detachTags = operation({
  name: 'DetachTags',
  summary: 'Unbind tags from instances, volumes or snapshot chains.',
  evidence: client('5.4', 'SDKs'),
  route: { method: 'POST', path: '/v3/bcc/tag', selector: 'action=DetachTags' },
  versions: ['v3'],
  request: { query: TokenQuery, body: ResourceTags },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: statement('Leave out resourceIds or tags, or send an empty list.', unsaid('5.4')),
    NoSuchObject: statement('An id that nothing has; then nothing changes.', unsaid('5.4'))
  },
  notes: [
    statement('resourceType and isRelationTag are accepted and ignored: an id says what it is of.', unsaid('5.4'))
  ],
  run({ body, cloud, fail }) {
    const tags = toTags(body.tags)
    const changers = [...new Set(body.resourceIds)].map((id) => {
      const changer = tagChangerOf(cloud, id)
      if (!changer) throw fail('NoSuchObject', unknown('body.resourceIds', id))
      return changer
    })
    for (const change of changers) change((before) => unboundTags(before, tags))
  }
})
