import { type Static, Type } from '@sinclair/typebox'
import { clockMembers, NextEvent } from './clock.ts'
import { door } from './door.ts'
import { WorldQuery } from './schemas.ts'

export const AGENDA_LIMIT = 20

export type AgendaEntry = Static<typeof AgendaEntry>
export const AgendaEntry = Type.Object(
  {
    ...NextEvent.properties,
    provider: Type.String(),
    what: Type.Union([
      Type.Literal('volume'),
      Type.Literal('snapshot'),
      Type.Literal('instance'),
      Type.Literal('policy')
    ])
  },
  { title: 'AgendaEntry' }
)
export type Agenda = Static<typeof Agenda>
export const Agenda = Type.Object(
  {
    world: Type.String(),
    ...clockMembers,
    agenda: Type.Array(AgendaEntry),
    more: Type.Boolean({ description: 'Whether there is more to come than is told.' })
  },
  { title: 'Agenda' }
)

export type AgendaQuery = Static<typeof AgendaQuery>
export const AgendaQuery = Type.Object(
  {
    ...WorldQuery.properties,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, examples: [AGENDA_LIMIT] }))
  },
  { additionalProperties: false }
)

export const getAgenda = door({
  name: 'getAgenda',
  method: 'GET',
  path: '/agenda',
  summary: 'Tell what will happen next in a world, in order.',
  notes: [
    'Answered at any time, also while an advance is under way.',
    `Without limit, ${AGENDA_LIMIT} events are told.`
  ],
  about: 'world',
  request: { query: AgendaQuery },
  answer: { status: 200, schema: Agenda },
  refusals: []
})
