import { ResourceTags, tagChangerOf } from '../matters/tags.ts'
import { boundTags, toTags } from '../wire/convert.ts'
import { unknown } from '../wire/reasons.ts'
import { NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const attachTags = operation({
  name: 'AttachTags',
  summary: 'Bind tags to instances, volumes or snapshot chains.',
  source: 'SDKs (baidu.md 5.4)',
  route: { method: 'POST', path: '/v3/bcc/tag', selector: 'action=AttachTags' },
  versions: ['v3'],
  request: { query: TokenQuery, body: ResourceTags },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: 'Leave out resourceIds or tags, or send an empty list.',
    NoSuchObject: 'An id that nothing has (proposed); then nothing changes.'
  },
  notes: [
    'Half a character in a key or value is refused (inferred).',
    'resourceType and isRelationTag are accepted and ignored: an id says what it is of.'
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
