import { type Static, Type } from '@sinclair/typebox'
import { door } from './door.ts'

export type Health = Static<typeof Health>
/** Where the control API is off, the status is all that is told. */
export const Health = Type.Object(
  {
    status: Type.Union([Type.Literal('ok'), Type.Literal('degraded')], {
      description: 'degraded: some world cannot be served, all others are.'
    }),
    version: Type.Optional(Type.String()),
    shard: Type.Optional(
      Type.String({ description: 'Which of several servers behind a proxy it is: `--shard`.', examples: ['0/3'] })
    ),
    uptimeMs: Type.Optional(Type.Integer({ minimum: 0 })),
    clouds: Type.Optional(Type.Array(Type.String())),
    worlds: Type.Optional(Type.Integer({ minimum: 0, description: 'How many there are.' })),
    damaged: Type.Optional(
      Type.Array(Type.Object({ world: Type.String(), file: Type.String(), reason: Type.String() }), { minItems: 1 })
    )
  },
  { title: 'Health' }
)

export const getHealth = door({
  name: 'getHealth',
  method: 'GET',
  path: '/health',
  summary: 'Tell whether the server is there, and what it serves.',
  notes: ['Answered to anyone, on any host, also where the control API is off; it opens no world.'],
  about: 'server',
  request: {},
  answer: { status: 200, schema: Health },
  refusals: []
})
