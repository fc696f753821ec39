import { type Static, Type } from '@sinclair/typebox'
import { door } from './door.ts'
import { Instant, ProviderName, WorldQuery } from './schemas.ts'

export const RESOURCES_LIMIT = 100
export const RELATED_LIMIT = 100

const Kind = Type.Union(
  [Type.Literal('volumes'), Type.Literal('snapshots'), Type.Literal('policies'), Type.Literal('instances')],
  { examples: ['volumes'] }
)

export type Resource = Static<typeof Resource>
/** A disk or volume, a snapshot, a policy or an instance. */
export const Resource = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    state: Type.String({ description: 'In Snapstand’s words, the same for every cloud.', examples: ['available'] }),
    createdAt: Instant,
    shown: Type.Record(Type.String(), Type.Unknown(), { description: 'As the cloud’s own list shows it.' })
  },
  { title: 'Resource' }
)
export type Resources = Static<typeof Resources>
export const Resources = Type.Object(
  {
    world: Type.String(),
    provider: Type.String(),
    kind: Kind,
    total: Type.Integer({ minimum: 0, description: 'How many there are that were asked for.' }),
    resources: Type.Array(Resource, { description: 'The newest first.' })
  },
  { title: 'Resources' }
)

const Related = Type.Object({
  is: Type.Union(
    (['volume', 'policy', 'instance', 'source', 'bound', 'attached', 'made'] as const).map((is) => Type.Literal(is)),
    {
      description:
        'What it is to the resource: its volume, policy or instance; the snapshot it was made from; what is bound to it, attached to it, or made of or by it.'
    }
  ),
  kind: Kind,
  id: Type.String(),
  name: Type.String(),
  state: Type.String()
})
export type ResourceDetail = Static<typeof ResourceDetail>
export const ResourceDetail = Type.Object(
  {
    world: Type.String(),
    provider: Type.String(),
    kind: Kind,
    ...Resource.properties,
    content: Type.Union([Type.String(), Type.Null()], {
      description: 'The content marker of a volume, or the one that a snapshot captured; null: it has none.'
    }),
    related: Type.Array(Related, { description: `The newest ${RELATED_LIMIT} of each kind.` })
  },
  { title: 'ResourceDetail' }
)

export type ResourcesQuery = Static<typeof ResourcesQuery>
export const ResourcesQuery = Type.Object(
  {
    ...WorldQuery.properties,
    text: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Stands in the id or the name, in whatever case.',
        examples: ['nightly']
      })
    ),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000, examples: [0] })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, examples: [RESOURCES_LIMIT] }))
  },
  { additionalProperties: false }
)

export const listResources = door({
  name: 'listResources',
  method: 'GET',
  path: '/resources/:provider/:kind',
  summary: 'List what a world has in a cloud, in the cloud’s own words: volumes, snapshots, policies or instances.',
  notes: [
    'Answered at any time, also while an advance is under way.',
    `Without limit, ${RESOURCES_LIMIT} are listed. Whoever tests a client asks the cloud’s own calls.`
  ],
  about: 'world',
  request: { params: Type.Object({ provider: ProviderName, kind: Kind }), query: ResourcesQuery },
  answer: { status: 200, schema: Resources },
  refusals: [404]
})

export const getResource = door({
  name: 'getResource',
  method: 'GET',
  path: '/resources/:provider/:kind/:id',
  summary: 'Tell one resource: as its cloud shows it, its content marker, what it was made from and what it made.',
  about: 'world',
  request: { params: Type.Object({ provider: ProviderName, kind: Kind, id: Type.String() }), query: WorldQuery },
  answer: { status: 200, schema: ResourceDetail },
  refusals: [404]
})
