import { type Static, Type } from '@sinclair/typebox'
import { FaultBody, FaultForm, FaultId } from '../core/model/fault-form.ts'
import { door } from './door.ts'
import { WorldQuery } from './schemas.ts'

const Named = Type.Object({ id: FaultId })

export type FaultRule = Static<typeof FaultRule>
/** A rule: which calls it meets, how often it acts, and what happens then. */
export const FaultRule = FaultBody

export type Fault = Static<typeof Fault>
/** A rule, and what it came to. */
export const Fault = Type.Object(
  {
    world: Type.String({ description: 'Whose rule it is; *: the server’s, which holds in every world.' }),
    ...FaultForm.properties,
    provider: Type.String(),
    operation: Type.String(),
    enabled: Type.Boolean(),
    met: Type.Integer({ minimum: 0, description: 'Calls that it was for, those that it let go included.' }),
    acted: Type.Integer({ minimum: 0, description: 'Those that it did something to.' })
  },
  { title: 'Fault' }
)
export type Faults = Static<typeof Faults>
export const Faults = Type.Array(Fault, { description: 'In the order in which they act.' })

export const listFaults = door({
  name: 'listFaults',
  method: 'GET',
  path: '/faults',
  summary: 'List the faults of a world, its own and the server’s, with how often each was met and acted there.',
  notes: ['With * as the world, those of the server, counted in all worlds since it started.'],
  about: 'worlds',
  request: { query: WorldQuery },
  answer: { status: 200, schema: Faults },
  refusals: []
})

export const putFault = door({
  name: 'putFault',
  method: 'PUT',
  path: '/faults/:id',
  summary: 'Put a fault into a world, or with * as the world into all; one of the same name is replaced.',
  notes: [
    'Of all rules the first acts that is about a call and has times left; a world’s own come before the server’s.',
    'A rule that is put again counts anew, unless only enabled is another.'
  ],
  about: 'worlds',
  request: { params: Named, query: WorldQuery, body: FaultRule },
  answer: { status: 200, schema: Fault },
  refusals: [409]
})

export const dropFault = door({
  name: 'dropFault',
  method: 'DELETE',
  path: '/faults/:id',
  summary: 'Drop a fault.',
  about: 'worlds',
  request: { params: Named, query: WorldQuery },
  answer: { status: 204 },
  refusals: [404]
})

export const clearFaults = door({
  name: 'clearFaults',
  method: 'DELETE',
  path: '/faults',
  summary: 'Drop all faults of a world, or with * as the world those of the server.',
  about: 'worlds',
  request: { query: WorldQuery },
  answer: { status: 204 },
  refusals: []
})
