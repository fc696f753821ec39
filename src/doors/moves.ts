import { type Static, Type } from '@sinclair/typebox'
import { clockMembers } from './clock.ts'
import { door } from './door.ts'
import { NoQuery, WorldId } from './schemas.ts'

const OneWorld = Type.Object({ id: WorldId })
/** Whose a move is. */
export const MoveId = Type.String({
  minLength: 1,
  maxLength: 64,
  expected: 'the id of a move, as its beginning told it',
  examples: ['5f0c6a52-6c1e-4d1e-9a3e-0d6f3f2b8a11']
})
const Address = Type.String({
  pattern: '^https?://[^\\s/?#@]+(/[^\\s?#@]*)?$',
  maxLength: 1024,
  expected: 'the URL of a server, without credentials',
  examples: ['http://127.0.0.1:7430']
})
const Series = Type.Integer({ minimum: 0, description: 'How often it had been moved: its request ids take it in.' })

export type Move = Static<typeof Move>
export const Move = Type.Object(
  {
    world: Type.String({ description: '`*`: all that are not there.' }),
    way: Type.Union([Type.Literal('away'), Type.Literal('here')], { description: 'To the server at url, or from it.' }),
    move: Type.String({ description: 'Whose move it is: who begins it again has it from then on.' }),
    url: Type.String(),
    mode: clockMembers.mode,
    keep: Type.Boolean(),
    series: Series,
    isThere: Type.Boolean({ description: 'Whether this server has the world, or what has come of it.' })
  },
  { title: 'Move' }
)
export type Moves = Static<typeof Moves>
export const Moves = Type.Array(Move)

export type MoveBeginning = Static<typeof MoveBeginning>
export const MoveBeginning = Type.Object(
  {
    to: Type.Optional(Address),
    dropCheckpoints: Type.Optional(Type.Boolean({ description: 'Give up its checkpoints, which do not go along.' })),
    from: Type.Optional(Address),
    mode: Type.Optional(clockMembers.mode),
    keep: Type.Optional(Type.Boolean()),
    series: Type.Optional(Series)
  },
  { title: 'MoveBeginning', additionalProperties: false, examples: [{ to: 'http://127.0.0.1:7431' }] }
)

export type MoveNamed = Static<typeof MoveNamed>
export const MoveNamed = Type.Object({ move: MoveId }, { title: 'MoveNamed', additionalProperties: false })

export const listMoves = door({
  name: 'listMoves',
  method: 'GET',
  path: '/moves',
  summary: 'List the worlds that are moved to another server, or from one, and those that have left.',
  about: 'server',
  request: { query: NoQuery },
  answer: { status: 200, schema: Moves },
  refusals: []
})

export const beginMove = door({
  name: 'beginMove',
  method: 'PUT',
  path: '/moves/:id',
  summary:
    'Begin to move a world to another server, or to take one from there: none of its calls is served until the end.',
  notes: [
    'With to, it leaves: what is under way in it is done, then its clock stands, and its clients are told to come again in their cloud’s words. An export holds every call that was answered otherwise.',
    'With from, and the mode, keep and series that the other server told, it comes: what of it is called before its state is put is told the same.',
    'With * as the world, and to: none that is not there comes into being here.',
    'Begun again, it is another’s move: what the first still asks for is refused.',
    'It outlives the server where its worlds do.'
  ],
  about: 'server',
  isServedMoved: true,
  request: { params: OneWorld, query: NoQuery, body: MoveBeginning },
  answer: { status: 200, schema: Move },
  refusals: [404, 409]
})

export const finishMove = door({
  name: 'finishMove',
  method: 'POST',
  path: '/moves/:id/finish',
  summary: 'Finish a move: a world that leaves is forgotten, one that has come is served, its clock as it was.',
  notes: [
    'What has left stays marked, so that no late call makes it anew, until it comes back or the move is given up.'
  ],
  about: 'server',
  isServedMoved: true,
  request: { params: OneWorld, query: NoQuery, body: MoveNamed },
  answer: { status: 204 },
  refusals: [404, 409]
})

export const giveUpMove = door({
  name: 'giveUpMove',
  method: 'DELETE',
  path: '/moves/:id',
  summary: 'Give up a move: what was to leave is served as before, what has come of another is forgotten.',
  notes: [
    'Of a world that has left the mark is taken away: the next call makes it anew here.',
    'What has come is forgotten only where move names it: it may be all there is of the world.'
  ],
  about: 'server',
  isServedMoved: true,
  request: {
    params: OneWorld,
    query: Type.Object({ move: Type.Optional(MoveId) }, { additionalProperties: false })
  },
  answer: { status: 204 },
  refusals: [404, 409]
})
