import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { JournalEntry } from '../../core/model/journal.ts'
import { ALL_WORLDS } from '../../core/model/world-names.ts'
import { fromInstant, instantAt } from '../../documents/instants.ts'
import { clearRequests, getRequest, getRequestCurl, listRequests, REQUESTS_LIMIT } from '../../doors/requests.ts'
import { Problem } from '../problem.ts'
import { cloudsMeant } from './clouds.ts'
import { curlOf } from './curl.ts'
import { findIn, journalsOf, type Sought } from './found.ts'
import type { ControlContext } from './index.ts'
import { worldIdOf } from './input.ts'
import { listPieces } from './long-answers.ts'
import { serve } from './serve.ts'

/** Longer ones are sent in pieces. */
const LONG_LENGTH = 512 * 1024

/** The journal: what was called, and why it was answered so. */
export function requests(app: FastifyInstance, context: ControlContext): void {
  const { core } = context

  serve(app, listRequests, async (request, reply) => {
    const { world: _world, after, before, limit = REQUESTS_LIMIT, ...rest } = request.query
    // Refuses a cloud that there is not.
    cloudsMeant(context, rest.provider)
    const sought: Sought = {
      ...rest,
      after: after === undefined ? undefined : instantAt(after),
      before: before === undefined ? undefined : instantAt(before)
    }
    const world = worldIdOf(request)
    const journals = journalsOf(core.journals, world)
    const { newest, ...found } = await findIn(journals, sought, limit)
    const head = {
      world,
      added: sum(journals.map((journal) => journal.counts().added)),
      dropped: sum(journals.map((journal) => journal.counts().dropped)),
      ...found
    }
    if (sum(newest.map(lengthOf)) < LONG_LENGTH) return { ...head, requests: newest.map(shown) }
    return context.longAnswers.send(reply, 'application/json; charset=utf-8', async () => ({
      pieces: listPieces(head, 'requests', shownEach(newest))
    }))
  })

  serve(app, clearRequests, (request) => {
    for (const journal of journalsOf(core.journals, worldIdOf(request))) journal.clear()
  })

  serve(app, getRequest, (request) => shown(entryOf(context, request, request.params.id)))

  serve(app, getRequestCurl, (request) => {
    const entry = entryOf(context, request, request.params.id)
    if (entry.cut?.includes('request')) {
      throw new Problem(409, 'The body of this request is longer than the journal keeps, so it cannot be sent again.', {
        field: 'id',
        value: entry.id
      })
    }
    return `${curlOf(entry, `${request.protocol}://${request.headers.host ?? '127.0.0.1'}`)}
`
  })
}

/** A request by its id, which no two have: in whichever journal it is, unless a world is named. */
function entryOf({ core }: ControlContext, request: FastifyRequest, id: string): JournalEntry {
  for (const journal of journalsOf(core.journals, worldIdOf(request, ALL_WORLDS))) {
    const entry = journal.find(id)
    if (entry) return entry
  }
  throw new Problem(404, `No journal holds a request ${JSON.stringify(id)}.`, { field: 'id', value: id })
}

function shown({ at, wallAt, ...entry }: JournalEntry) {
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
