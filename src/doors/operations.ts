import { type Static, Type } from '@sinclair/typebox'
import { door } from './door.ts'

const Route = Type.Object({
  method: Type.String(),
  path: Type.String(),
  selector: Type.Optional(Type.String({ description: 'An action header’s value, or a query key.' }))
})
const DocumentedError = Type.Object({
  code: Type.String(),
  status: Type.Integer(),
  message: Type.String(),
  source: Type.String(),
  reach: Type.Optional(Type.String({ description: 'How it is reached.' })),
  byFault: Type.Object(
    { provider: Type.String(), operation: Type.String(), then: Type.Object({ error: Type.String() }) },
    { description: 'A rule to put that lets the next calls answer it, whatever the state of the world.' }
  )
})

export type Operation = Static<typeof Operation>
/** An operation of a cloud: where it is documented, and how each of its errors is reached. */
export const Operation = Type.Object(
  {
    provider: Type.String(),
    name: Type.String(),
    summary: Type.String(),
    source: Type.String(),
    route: Route,
    aliases: Type.Optional(Type.Array(Route)),
    versions: Type.Optional(Type.Array(Type.String())),
    errors: Type.Array(DocumentedError),
    makes: Type.Optional(
      Type.Union([Type.Literal('volume'), Type.Literal('snapshot')], {
        description: 'What a success makes, and a fault with the outcome fails lets fail afterwards.'
      })
    ),
    notes: Type.Array(Type.String(), { description: 'What is inferred, invented, or accepted and ignored.' })
  },
  { title: 'Operation' }
)

export type Operations = Static<typeof Operations>
export const Operations = Type.Object(
  {
    specification: Type.Record(Type.String(), Type.String(), {
      description: 'The page of each cloud that sources cite.'
    }),
    operations: Type.Array(Operation),
    common: Type.Record(Type.String(), Type.Array(DocumentedError), {
      description: 'What any operation of a cloud may answer.'
    }),
    notServed: Type.Array(
      Type.Object({ provider: Type.String(), name: Type.String(), reason: Type.String(), source: Type.String() })
    )
  },
  { title: 'Operations' }
)

export type OperationsQuery = Static<typeof OperationsQuery>
export const OperationsQuery = Type.Object(
  { provider: Type.Optional(Type.String({ examples: ['zenlayer'] })) },
  { additionalProperties: false }
)

export const listOperations = door({
  name: 'listOperations',
  method: 'GET',
  path: '/operations',
  summary: 'Tell what is served of each cloud, and what is not.',
  about: 'server',
  request: { query: OperationsQuery },
  answer: { status: 200, schema: Operations },
  refusals: []
})
