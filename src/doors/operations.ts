import { type Static, Type } from '@sinclair/typebox'
import { door } from './door.ts'

const section = { section: Type.String({ description: 'Where docs/clouds/ has it.', examples: ['zenlayer.md 5.1'] }) }

export type Evidence = Static<typeof Evidence>
/** What something rests on: who says so, from what it was concluded, or why it was chosen. */
export const Evidence = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('documented'),
      page: Type.String(),
      readBy: Type.String({ description: 'The day by which the page had been read.', examples: ['2026-11-22'] }),
      ...section
    },
    { description: 'A page of the cloud says so.' }
  ),
  Type.Object(
    { kind: Type.Literal('client'), clients: Type.Array(Type.String()), ...section },
    { description: 'These clients declare it, send it or cannot do without it.' }
  ),
  Type.Object(
    { kind: Type.Literal('recorded'), on: Type.String(), tool: Type.String(), ...section },
    { description: 'The cloud itself answered so.' }
  ),
  Type.Object(
    { kind: Type.Literal('inferred'), from: Type.String(), ...section },
    { description: 'Concluded from something that is known.' }
  ),
  Type.Object(
    { kind: Type.Literal('invented'), why: Type.String(), ...section },
    { description: 'Chosen here, because nothing is known.' }
  )
])

const EXAMPLE: Evidence = {
  kind: 'documented',
  page: 'Zenlayer API reference, CreateSnapshot',
  readBy: '2026-11-22',
  section: 'zenlayer.md 5.1'
}
const Statement = Type.Object({ text: Type.String(), evidence: Evidence })
const Counts = Type.Object(
  {
    documented: Type.Integer(),
    client: Type.Integer(),
    recorded: Type.Integer(),
    inferred: Type.Integer(),
    invented: Type.Integer()
  },
  { description: 'How many of the operation, its members, errors, states and notes rest on what; never added up.' }
)

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
  evidence: Type.Optional({ ...Evidence, description: 'That this operation answers it, and then.' }),
  codeEvidence: { ...Evidence, description: 'That the cloud has this code, with this status.' },
  textEvidence: { ...Evidence, description: 'Its message.' },
  byFault: Type.Object(
    { provider: Type.String(), operation: Type.String(), then: Type.Object({ error: Type.String() }) },
    { description: 'A rule to put that lets the next calls answer it, whatever the state of the world.' }
  )
})

export type Operation = Static<typeof Operation>
/** An operation of a cloud: what it and all of it rests on, and how each of its errors is reached. */
export const Operation = Type.Object(
  {
    provider: Type.String(),
    name: Type.String(),
    summary: Type.String(),
    source: Type.String({ description: 'The evidence in words.' }),
    evidence: Evidence,
    counts: Counts,
    route: Route,
    aliases: Type.Optional(Type.Array(Route)),
    versions: Type.Optional(Type.Array(Type.String())),
    errors: Type.Array(DocumentedError),
    makes: Type.Optional(
      Type.Union([Type.Literal('volume'), Type.Literal('snapshot')], {
        description: 'What a success makes, and a fault with the outcome fails lets fail afterwards.'
      })
    ),
    members: Type.Array(Type.Object({ evidence: Evidence, names: Type.Array(Type.String()) }), {
      description: 'What is sent (path, query, body) and answered, by what it rests on.',
      examples: [[{ evidence: EXAMPLE, names: ['body.diskId', 'answer.snapshotId'] }]]
    }),
    states: Type.Array(Statement, { description: 'In which states it takes what it is about.' }),
    notes: Type.Array(Statement, { description: 'What else it does, and what it accepts and ignores.' })
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
    behaviours: Type.Record(
      Type.String(),
      Type.Array(
        Type.Object({
          about: Type.Union([Type.Literal('setting'), Type.Literal('time')]),
          name: Type.String(),
          text: Type.String(),
          evidence: Evidence
        })
      ),
      { description: 'Of each cloud, the defaults of its settings and what time does, with what they rest on.' }
    ),
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
