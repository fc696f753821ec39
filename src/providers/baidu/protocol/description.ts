import { KindGuard, type TSchema, Type } from '@sinclair/typebox'
import type { Description } from '../../description.ts'

const RequestId = Type.String({
  description: 'Of this call.',
  examples: ['e10b9f81-1a10-44f2-bbc7-a8d5f32ac3c6']
})

/** Areas of the API, by the word behind the version, and what is kept in them. */
const AREAS: Readonly<Record<string, string>> = {
  asp: 'Automatic snapshot policies.',
  snapshot: 'Snapshots, their chains and shares.',
  volume: 'CDS volumes, as v2 and v3 know them.',
  instance: 'Instances, as far as volumes need them.',
  catalogue: 'Zones, regions, images, security groups.',
  task: 'Tasks of the cloud.',
  tag: 'Tags of any resource.'
}
const AREA_OF_WORD: Readonly<Record<string, string>> = { instanceBySpec: 'instance', bcc: 'tag' }

/** How a call of this cloud looks around its input (baidu.md 1, 2). */
export const description: Description = {
  title: 'Baidu AI Cloud BCC',
  about: [
    'Automatic snapshot policies, snapshots, volumes and what leads to them: REST under `/v2`, and for some of it `/v3`, which shows the same resources in other words.',
    '',
    'Several actions share a method and a path and differ by a query key, as `PUT /v2/asp/{aspId}?attach`. A path can be written only once in a document like this one, so each of them stands at a path of its own, the real one with the key as a fragment: `/v2/asp/{aspId}#attach`. A fragment is never sent, and the key is a required parameter of the operation: a call made from this document is a right one.',
    '',
    'Of some resources a fixed word stands where others have their id (`/v2/volume/disk`): the fixed word goes first. Some operations have a second address, which clients of another age or language use; it says so by `x-alias-of`.'
  ].join('\n'),
  security: {
    signature: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description:
        '`bce-auth-v1/<key id>/<timestamp>/<seconds>/<signed headers>/<signature>`, over method, path, query and headers. A key that is not configured has itself as its secret.'
    }
  },
  enough: [['signature'], []],
  parameters: {
    Date: {
      name: 'x-bce-date',
      in: 'header',
      description: 'When the call was signed, in UTC.',
      schema: Type.String({ examples: ['2026-01-05T08:00:00Z'] })
    },
    SecurityToken: {
      name: 'x-bce-security-token',
      in: 'header',
      description: 'Of a temporary key: the token of its session.',
      schema: Type.String()
    }
  },
  tags: Object.entries(AREAS).map(([name, about]) => ({ name, description: about })),
  tagOf: ({ route }) => {
    const word = route.path.split('/')[2] ?? ''
    const area = AREA_OF_WORD[word] ?? word
    return Object.hasOwn(AREAS, area) ? area : 'catalogue'
  },
  selectorOf: ({ selector }) => (selector === undefined ? undefined : keyOf(selector)),
  parametersOf: () => [],
  hasBody: ({ request: { body } }) => KindGuard.IsObject(body) && Object.keys(body.properties).length > 0,
  success: (schema: TSchema) => schema,
  failure: Type.Object({
    requestId: RequestId,
    code: Type.String({ description: 'What went wrong, for programs.' }),
    message: Type.String({ description: 'The same for people.' })
  }),
  headers: {
    'x-bce-request-id': { description: 'The id of this call.', required: true, schema: RequestId }
  }
}

/** A key, whose value does not count, or a key with one value: `action=AttachTags`. */
function keyOf(selector: string): ReturnType<Description['selectorOf']> {
  const [name = '', value] = selector.split('=')
  const key = { name, in: 'query', required: true } as const
  return value === undefined
    ? {
        ...key,
        allowEmptyValue: true,
        description: 'The action. Any value will do, none is usual.',
        schema: Type.String()
      }
    : { ...key, description: 'The action.', schema: Type.String({ enum: [value] }) }
}
