import { type Static, Type } from '@sinclair/typebox'
import { CONNECTIONS } from '../core/model/fault-form.ts'
import { door } from './door.ts'
import { Instant, ProviderName, Tally, WorldId, WorldQuery } from './schemas.ts'

export const REQUESTS_LIMIT = 100
export const UNUSED_LISTED = 100
/** V8 looks for texts of up to 249 characters in one go; longer ones took it half a minute in a thousand calls of one letter. */
const SOUGHT_LENGTH_MAX = 200

const TextOrNull = Type.Union([Type.String(), Type.Null()])

export type Why = Static<typeof Why>
/** Why a call was refused: what the cloud never tells. */
export const Why = Type.Object(
  {
    hint: Type.Optional(Type.String({ description: 'A plain sentence: what is wrong, and the way out.' })),
    field: Type.Optional(Type.String()),
    value: Type.Optional(Type.String({ description: 'What was sent there, or what is meant by it.' })),
    rule: Type.Optional(
      Type.String({ description: 'Which rule refused, and where it comes from.', examples: ['zenlayer.md 2.3'] })
    ),
    canonicalRequest: Type.Optional(Type.String({ description: 'As the server computed it.' })),
    stringToSign: Type.Optional(Type.String({ description: 'As the server computed it.' })),
    clientCanonicalRequest: Type.Optional(
      Type.String({ description: 'What the client signed, where a known mistake leads to its signature.' })
    )
  },
  { title: 'Why' }
)

export type JournalEntry = Static<typeof JournalEntry>
/** What one call was, and why it was answered so. */
export const JournalEntry = Type.Object(
  {
    id: Type.String({ description: 'The request id that the client got.' }),
    world: Type.Union([Type.String(), Type.Null()], { description: 'null: refused before it was known who calls.' }),
    provider: Type.String(),
    operation: Type.Union([Type.String(), Type.Null()], { description: 'null: no such operation.' }),
    version: TextOrNull,
    at: Instant,
    wallAt: Instant,
    durationMs: Type.Number({ minimum: 0 }),
    method: Type.String(),
    url: Type.String(),
    status: Type.Integer({ description: '0: no answer was sent.' }),
    code: TextOrNull,
    request: Type.String({ description: 'The body that was sent, cut where it is long.' }),
    response: Type.String({ description: 'The body that was answered, cut where it is long.' }),
    unused: Type.Array(Type.String(), {
      description: 'What was sent and no operation reads.',
      examples: [['body.foo']]
    }),
    resources: Type.Array(Type.String(), { description: 'Ids in the path, the body and the answer.' }),
    refusal: Type.Union([Why, Type.Null()]),
    headers: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'What a replay has to send; nothing that authenticates.'
      })
    ),
    habit: Type.Optional(
      Type.String({
        description: 'What the signature did in another way than the cloud’s own clients; accepted all the same.'
      })
    ),
    fault: Type.Optional(Type.String({ description: 'The fault that did something to it.', examples: ['quota'] })),
    connection: Type.Optional(
      Type.Union(
        CONNECTIONS.map((each) => Type.Literal(each)),
        { description: 'What a fault did to the connection: nobody got the answer, or its beginning only.' }
      )
    ),
    cut: Type.Optional(
      Type.Array(Type.Union([Type.Literal('request'), Type.Literal('response')]), {
        description: 'The bodies that were cut.'
      })
    )
  },
  { title: 'JournalEntry' }
)

export type RequestSummary = Static<typeof RequestSummary>
/** An entry without what is long. */
export const RequestSummary = Type.Omit(JournalEntry, ['request', 'response', 'headers', 'cut'], {
  title: 'RequestSummary'
})

export type Requests = Static<typeof Requests>
export const Requests = Type.Object(
  {
    world: Type.String(),
    added: Type.Integer({ minimum: 0, description: 'How many there were since the journal was last emptied.' }),
    dropped: Type.Integer({ minimum: 0, description: 'How many of them are no longer there.' }),
    found: Type.Integer({ minimum: 0, description: 'How many there are that were asked for.' }),
    counts: Type.Object({ operation: Tally, status: Tally, code: Tally }),
    unused: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
      description: `What was sent and no operation reads, as \`CreateSnapshot body.foo\`: the ${UNUSED_LISTED} most frequent.`
    }),
    unusedMore: Type.Integer({
      minimum: 0,
      description: 'How often others were sent, of which there are too many to list.'
    }),
    requests: Type.Array(JournalEntry, { description: 'The newest first.' })
  },
  { title: 'Requests' }
)

export type RequestsQuery = Static<typeof RequestsQuery>
export const RequestsQuery = Type.Object(
  {
    world: Type.Optional(WorldId),
    provider: Type.Optional(ProviderName),
    operation: Type.Optional(Type.String({ examples: ['CreateSnapshot'] })),
    status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599, examples: [404] })),
    code: Type.Optional(Type.String({ examples: ['INVALID_DISK_NOT_FOUND'] })),
    resource: Type.Optional(Type.String({ examples: ['v-Starter2'] })),
    refusal: Type.Optional(Type.Boolean({ description: 'Whether it was refused.', examples: [true] })),
    fault: Type.Optional(Type.String({ description: 'The fault that did something to it.', examples: ['quota'] })),
    text: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: SOUGHT_LENGTH_MAX,
        description: 'Stands as it is in the URL, in what is kept of the bodies, or in the words of the refusal.',
        examples: ['nightly']
      })
    ),
    after: Type.Optional(Instant),
    before: Type.Optional(Instant),
    limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, examples: [20] }))
  },
  { additionalProperties: false }
)
const OneRequest = Type.Object({ id: Type.String() })

export const listRequests = door({
  name: 'listRequests',
  method: 'GET',
  path: '/requests',
  summary: 'List the calls that the clouds had, the newest first, with how many there were of what.',
  notes: [`Without limit, ${REQUESTS_LIMIT} are listed; all are counted.`],
  about: 'worlds',
  isServedMoved: true,
  request: { query: RequestsQuery },
  answer: { status: 200, schema: Requests, isLong: true },
  refusals: []
})

export const clearRequests = door({
  name: 'clearRequests',
  method: 'DELETE',
  path: '/requests',
  summary: 'Empty the journal.',
  about: 'worlds',
  request: { query: WorldQuery },
  answer: { status: 204 },
  refusals: []
})

export const getRequest = door({
  name: 'getRequest',
  method: 'GET',
  path: '/requests/:id',
  summary: 'Tell one call, by the request id that its client got.',
  notes: ['It is looked for in every journal, unless a world is named.'],
  about: 'worlds',
  isServedMoved: true,
  request: { params: OneRequest, query: WorldQuery },
  answer: { status: 200, schema: JournalEntry },
  refusals: [404]
})

export const getRequestCurl = door({
  name: 'getRequestCurl',
  method: 'GET',
  path: '/requests/:id/curl',
  summary: 'Tell the shell command that sends a call again, without its credentials.',
  about: 'worlds',
  isServedMoved: true,
  request: { params: OneRequest, query: WorldQuery },
  answer: { status: 200, text: 'text/plain; charset=utf-8' },
  refusals: [404, 409]
})
