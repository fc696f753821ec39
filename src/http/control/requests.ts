import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import type { Journal, JournalEntry, JournalFilter } from '../../core/model/journal.ts'
import { ALL_WORLDS } from '../../core/model/world-names.ts'
import { fromInstant, instantAt } from '../../documents/instants.ts'
import { Problem } from '../problem.ts'
import { curlOf } from './curl.ts'
import type { ControlApp, ControlContext } from './index.ts'
import { worldIdOf } from './input.ts'
import { WorldId, WorldQuery } from './schemas.ts'
import { Instant } from './time.ts'

const LIMIT_DEFAULT = 100
const LIMIT_MAX = 10_000

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
  app.get('/requests', { schema: { querystring: Filter } }, (request) => {
    const { world: _world, after, before, limit = LIMIT_DEFAULT, ...rest } = request.query
    const filter: JournalFilter = {
      ...rest,
      after: after === undefined ? undefined : instantAt(after),
      before: before === undefined ? undefined : instantAt(before)
    }
    const journals = journalsOf(context, request)
    const found = journals.flatMap((journal) => journal.entries(filter))
    // Each journal has its newest first already.
    if (journals.length > 1) found.sort((one, other) => other.wallAt - one.wallAt)
    return {
      world: worldIdOf(request),
      added: sum(journals.map((journal) => journal.counts().added)),
      dropped: sum(journals.map((journal) => journal.counts().dropped)),
      found: found.length,
      counts: {
        operation: tally(found.map((entry) => entry.operation ?? 'none')),
        status: tally(found.map((entry) => String(entry.status))),
        code: tally(found.flatMap((entry) => entry.code ?? []))
      },
      unused: tally(found.flatMap((entry) => entry.unused.map((path) => `${entry.operation ?? 'none'} ${path}`))),
      requests: found.slice(0, limit).map(shown)
    }
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
  return id === ALL_WORLDS ? allJournals(context) : [context.core.journals.find(id) ?? []].flat()
}

function allJournals({ core }: ControlContext): readonly Journal[] {
  return [...core.worlds().flatMap((world) => core.peek(world.id)?.journal ?? []), ...core.journals.loose()]
}

/** A request by its id, which no two have: in whichever journal it is, unless a world is named. */
function entryOf(context: ControlContext, request: FastifyRequest, id: string): JournalEntry {
  const journals = worldIdOf(request, ALL_WORLDS) === ALL_WORLDS ? allJournals(context) : journalsOf(context, request)
  for (const journal of journals) {
    const entry = journal.find(id)
    if (entry) return entry
  }
  throw new Problem(404, `No journal holds a request ${JSON.stringify(id)}.`, { field: 'id', value: id })
}

function shown({ at, wallAt, ...entry }: JournalEntry): object {
  return { ...entry, at: fromInstant(at), wallAt: fromInstant(wallAt) }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one))
}
