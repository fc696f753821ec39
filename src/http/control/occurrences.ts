import { Type } from '@sinclair/typebox'
import type { PolicyOccurrences } from '../../core/model/world.ts'
import { fromInstant, instantAt } from '../../documents/instants.ts'
import { Problem } from '../problem.ts'
import { knownProvider } from './content.ts'
import type { ControlApp, ControlContext } from './index.ts'
import { look } from './input.ts'
import { WorldQuery } from './schemas.ts'
import { Instant } from './time.ts'

const LIMIT = 20
const Params = Type.Object({ provider: Type.String({ examples: ['baidu'] }), id: Type.String() })
const Query = Type.Object(
  {
    ...WorldQuery.properties,
    after: Type.Optional(Instant),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, examples: [LIMIT] }))
  },
  { additionalProperties: false }
)

/** What a policy did, with reasons, and what it will do if nobody changes anything. */
export function occurrences(app: ControlApp, context: ControlContext): void {
  app.get('/:provider/policies/:id/occurrences', { schema: { params: Params, querystring: Query } }, (request) => {
    const { id } = request.params
    const { after, limit = LIMIT } = request.query
    const provider = knownProvider(context, request.params.provider)
    const window = { limit, after: after === undefined ? undefined : instantAt(after) }
    return look(context, request, async (world) => {
      await world.ready()
      const found = world.occurrences(provider, id, window)
      if (found) return { world: world.id, provider, ...shown(found) }
      const [some] = world.perform(provider, (cloud) => cloud.policiesFrom({}, { limit: 1 }))
      throw new Problem(404, `Nothing in world ${world.id} has the policy id ${id}.`, {
        field: 'id',
        value: id,
        ...(some && { example: some.id })
      })
    })
  })
}

function shown({ now, past, next, ...found }: PolicyOccurrences): object {
  return {
    ...found,
    now: fromInstant(now),
    past: past.map(({ at, ...occurrence }) => ({ at: fromInstant(at), ...occurrence })),
    next: next.map(({ at, volumes }) => ({ at: fromInstant(at), volumes }))
  }
}
