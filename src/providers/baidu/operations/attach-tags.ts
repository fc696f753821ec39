import { statement } from '../../evidence.ts'
import { ResourceTags, tagChangerOf } from '../matters/tags.ts'
import { client, inferred, unsaid } from '../sources.ts'
import { boundTags, toTags } from '../wire/convert.ts'
import { unknown } from '../wire/reasons.ts'
import { NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const attachTags = operation({
  name: 'AttachTags',
  summary: 'Bind tags to instances, volumes or snapshot chains.',
  evidence: client('5.4', 'SDKs'),
  route: { method: 'POST', path: '/v3/bcc/tag', selector: 'action=AttachTags' },
  versions: ['v3'],
  request: { query: TokenQuery, body: ResourceTags },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: statement('Leave out resourceIds or tags, or send an empty list.', unsaid('5.4')),
    NoSuchObject: statement('An id that nothing has; then nothing changes.', unsaid('5.4'))
  },
  notes: [
    statement('Half a character in a key or value is refused.', inferred('text is UTF-8, which has no halves', '1.1')),
    statement('resourceType and isRelationTag are accepted and ignored: an id says what it is of.', unsaid('5.4'))
  ],
  run({ body, cloud, fail }) {
    const tags = toTags(body.tags)
    const changers = [...new Set(body.resourceIds)].map((id) => {
      const changer = tagChangerOf(cloud, id)
      if (!changer) throw fail('NoSuchObject', unknown('body.resourceIds', id))
      return changer
    })
    for (const change of changers) change((before) => boundTags(before, tags))
  }
})
