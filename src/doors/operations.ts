import { type Static, Type } from '@sinclair/typebox'
import { door } from './door.ts'

export type Evidence = Static<typeof Evidence>
/** What something rests on: who says so, from what it was concluded, or why it was chosen. */
export const Evidence = Type.Object(
  {
    kind: Type.Union(
      [
        Type.Literal('documented'),
        Type.Literal('client'),
        Type.Literal('recorded'),
        Type.Literal('inferred'),
        Type.Literal('invented')
      ],
      {
        description:
          'A page of the cloud says so; clients declare it, send it or need it; the cloud answered so; it was concluded; nothing is known, and it was chosen.'
      }
    ),
    section: Type.String({ description: 'Where docs/clouds/ has it.', examples: ['zenlayer.md 5.1'] }),
    page: Type.Optional(Type.String({ description: 'Of what is documented.' })),
    readBy: Type.Optional(Type.String({ description: 'The day by which the page had been read.' })),
    clients: Type.Optional(Type.Array(Type.String())),
    on: Type.Optional(Type.String({ description: 'The day of the recording.' })),
    tool: Type.Optional(Type.String({ description: 'What recorded it.' })),
    basis: Type.Optional(Type.String({ description: 'From what it is inferred.' })),
    why: Type.Optional(Type.String({ description: 'Why it is invented.' }))
  },
  { title: 'Evidence' }
)

export type Statement = Static<typeof Statement>
/** A sentence about a cloud. */
export const Statement = Type.Object({ text: Type.String(), evidence: Evidence }, { title: 'Statement' })

const EXAMPLE: Evidence = {
  kind: 'documented',
  page: 'Zenlayer API reference, CreateSnapshot',
  readBy: '2026-11-22',
  section: 'zenlayer.md 5.1'
}
const EvidenceCounts = Type.Object(
  {
    documented: Type.Integer(),
    client: Type.Integer(),
    recorded: Type.Integer(),
    inferred: Type.Integer(),
    invented: Type.Integer()
  },
  { title: 'EvidenceCounts' }
)
const Members = Type.Object({ evidence: Evidence, names: Type.Array(Type.String()) }, { title: 'EvidencedMembers' })
const Behaviour = Type.Object(
  {
    about: Type.Union([Type.Literal('setting'), Type.Literal('time')]),
    name: Type.String(),
    text: Type.String(),
    evidence: Evidence
  },
  { title: 'Behaviour' }
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
  /** That this operation answers it, and then. */
  evidence: Type.Optional(Evidence),
  /** That the cloud has this code, with this status. */
  codeEvidence: Evidence,
  /** Its message. */
  textEvidence: Evidence,
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
    /** How many of the operation, its members, errors, states and notes rest on what; never added up. */
    counts: EvidenceCounts,
    route: Route,
    aliases: Type.Optional(Type.Array(Route)),
    versions: Type.Optional(Type.Array(Type.String())),
    errors: Type.Array(DocumentedError),
    makes: Type.Optional(
      Type.Union([Type.Literal('volume'), Type.Literal('snapshot')], {
        description: 'What a success makes, and a fault with the outcome fails lets fail afterwards.'
      })
    ),
    members: Type.Array(Members, {
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
    behaviours: Type.Record(Type.String(), Type.Array(Behaviour), {
      description: 'Of each cloud, the defaults of its settings and what time does, with what they rest on.'
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
