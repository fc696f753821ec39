import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import type { Journal, JournalEntry, JournalFilter } from '../../core/model/journal.ts'
import { ALL_WORLDS } from '../../core/model/world-names.ts'
import { fromInstant, instantAt } from '../../documents/instants.ts'
import { Problem } from '../problem.ts'
import { curlOf } from './curl.ts'
import { findIn } from './found.ts'
import type { ControlApp, ControlContext } from './index.ts'
import { worldIdOf } from './input.ts'
import { listPieces } from './long-answers.ts'
import { WorldId, WorldQuery } from './schemas.ts'
import { Instant } from './time.ts'

const LIMIT_DEFAULT = 100
const LIMIT_MAX = 10_000
/** Longer ones are sent in pieces. */
const LONG_LENGTH = 512 * 1024

const Filter = Type.Object(
  {
    world: Type.Optional(WorldId),
    operation: Type.Optional(Type.String({ examples: ['CreateSnapshot'] })),
    status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599, examples: [404] })),
    code: Type.Optional(Type.String({ examples: ['INVALID_DISK_NOT_FOUND'] })),
    resource: Type.Optional(Type.String({ examples: ['v-Starter2'] })),
    after: Type.Optional(Instant),
    before: Type.Optional(Instant),
    limit: Type.Optional(Type.Integer({ minimum: 0, maximum: LIMIT_MAX, examples: [20] }))
  },
  { additionalProperties: false }
)
const OneRequest = Type.Object({ id: Type.String() })

/** The journal: what was called, and why it was answered so. */
export function requests(app: ControlApp, context: ControlContext): void {
  app.get('/requests', { schema: { querystring: Filter } }, async (request, reply) => {
    const { world: _world, after, before, limit = LIMIT_DEFAULT, ...rest } = request.query
    const filter: JournalFilter = {
      ...rest,
      after: after === undefined ? undefined : instantAt(after),
      before: before === undefined ? undefined : instantAt(before)
    }
    const journals = journalsOf(context, request)
    const { newest, ...found } = await findIn(journals, filter, limit)
    const head = {
      world: worldIdOf(request),
      added: sum(journals.map((journal) => journal.counts().added)),
      dropped: sum(journals.map((journal) => journal.counts().dropped)),
      ...found
    }
    if (sum(newest.map(lengthOf)) < LONG_LENGTH) return { ...head, requests: newest.map(shown) }
    return context.longAnswers.send(reply, 'application/json; charset=utf-8', async () => ({
      pieces: listPieces(head, 'requests', shownEach(newest))
    }))
  })

  app.delete('/requests', { schema: { querystring: WorldQuery } }, (request, reply) => {
    for (const journal of journalsOf(context, request)) journal.clear()
    return reply.code(204).send()
  })

  app.get('/requests/:id', { schema: { params: OneRequest, querystring: WorldQuery } }, (request) =>
    shown(entryOf(context, request, request.params.id))
  )

  app.get('/requests/:id/curl', { schema: { params: OneRequest, querystring: WorldQuery } }, (request, reply) => {
    const entry = entryOf(context, request, request.params.id)
    if (entry.cut?.includes('request')) {
      throw new Problem(409, 'The body of this request is longer than the journal keeps, so it cannot be sent again.', {
        field: 'id',
        value: entry.id
      })
    }
    return reply.type('text/plain; charset=utf-8').send(`${curlOf(entry, request.headers.host ?? '127.0.0.1')}\n`)
  })
}

/** The journal of one world, if there is one, or with `*` all that there are. */
function journalsOf(context: ControlContext, request: FastifyRequest): readonly Journal[] {
  const id = worldIdOf(request)
  return id === ALL_WORLDS ? context.core.journals.all() : [context.core.journals.find(id) ?? []].flat()
}

/** A request by its id, which no two have: in whichever journal it is, unless a world is named. */
function entryOf(context: ControlContext, request: FastifyRequest, id: string): JournalEntry {
  const journals =
    worldIdOf(request, ALL_WORLDS) === ALL_WORLDS ? context.core.journals.all() : journalsOf(context, request)
  for (const journal of journals) {
    const entry = journal.find(id)
    if (entry) return entry
  }
  throw new Problem(404, `No journal holds a request ${JSON.stringify(id)}.`, { field: 'id', value: id })
}

function shown({ at, wallAt, ...entry }: JournalEntry): object {
  return { ...entry, at: fromInstant(at), wallAt: fromInstant(wallAt) }
}

function* shownEach(entries: Iterable<JournalEntry>): Generator<object, void> {
  for (const entry of entries) yield shown(entry)
}

/** About how much there is to tell of it. */
function lengthOf({ request, response, url }: JournalEntry): number {
  return 1000 + request.length + response.length + url.length
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
