import { KindGuard, type TSchema, Type } from '@sinclair/typebox'
import type { Description } from '../../description.ts'
import type { Operation } from '../../provider.ts'
import { PREFIX, SERVICES } from './read.ts'

const RequestId = Type.String({
  description: 'Of this call. A success bears it in both objects.',
  examples: ['T05992D0C-7E8B-4047-B0C0-780F2CD549D3']
})

const versions: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(SERVICES))
const serviceOf = (path: string) => path.slice(PREFIX.length)
const versionsOf = ({ route, versions: own }: Operation) => own ?? versions.get(serviceOf(route.path)) ?? []

/** How a call of this cloud looks around its body (zenlayer.md 1, 2). */
export const description: Description = {
  title: 'Zenlayer ZEC',
  about: [
    'Disk snapshots, snapshot policies, disks and what leads to them. Every action is a `POST` to the path of its service; the header `X-ZC-Action` says which one is meant, and `X-ZC-Version` in which version.',
    '',
    'A path can be written only once in a document like this one, so each action stands at a path of its own, the real one with the action as a fragment: `/api/v2/zec#CreateSnapshot`. A fragment is never sent, and every HTTP client leaves it off by itself: a call made from this document is a right one.',
    '',
    'A member that is null counts as absent, and so does `""` or an empty list, but for names and times that are to be set.'
  ].join('\n'),
  security: {
    signature: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description:
        '`ZC2-HMAC-SHA256 Credential=<id>, SignedHeaders=<a;b>, Signature=<hex>`, over method, path, headers and body, with `X-ZC-Timestamp`. A key that is not configured has itself as its secret.'
    },
    token: { type: 'http', scheme: 'bearer', description: 'A personal access token: `Bearer <token>`.' }
  },
  enough: [['signature'], ['token'], []],
  parameters: {
    Timestamp: {
      name: 'X-ZC-Timestamp',
      in: 'header',
      description: 'When the call was signed: whole seconds since 1970. Needed beside a signature.',
      schema: Type.String({ pattern: '^\\d+$', examples: ['1767600000'] })
    },
    SignatureMethod: {
      name: 'X-ZC-Signature-Method',
      in: 'header',
      description: 'How it was signed.',
      schema: Type.String({ enum: ['ZC2-HMAC-SHA256'] })
    }
  },
  tags: [
    { name: 'zec', description: 'Elastic compute: snapshots, policies, disks, instances.' },
    { name: 'user', description: 'Accounts: resource groups.' },
    { name: 'zrm', description: 'Resource management: tags.' }
  ],
  tagOf: ({ route }) => serviceOf(route.path),
  selectorOf: ({ selector }) =>
    selector === undefined
      ? undefined
      : {
          name: 'X-ZC-Action',
          in: 'header',
          required: true,
          description: 'The action.',
          schema: Type.String({ enum: [selector] })
        },
  parametersOf: (operation) => [
    {
      name: 'X-ZC-Version',
      in: 'header',
      required: true,
      description: 'The version of the service, which all its actions share.',
      schema: Type.String({ enum: [...versionsOf(operation)] })
    }
  ],
  hasBody: () => true,
  success: (schema) => Type.Object({ requestId: RequestId, response: withRequestId(schema) }),
  failure: Type.Object({
    requestId: RequestId,
    code: Type.String({ description: 'What went wrong, for programs.' }),
    message: Type.String({
      description: 'The same for people. It may name what was sent: no program should rely on it.'
    })
  }),
  headers: {}
}

/** The request id stands in both objects (zenlayer.md 1.5). */
function withRequestId(schema: TSchema): TSchema {
  const { properties } = KindGuard.IsObject(schema) ? schema : Type.Object({})
  return Type.Object({ requestId: RequestId, ...properties })
}
