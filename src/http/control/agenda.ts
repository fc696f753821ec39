import { Type } from '@sinclair/typebox'
import { fromInstant } from '../../documents/instants.ts'
import type { ControlApp, ControlContext } from './index.ts'
import { look } from './input.ts'
import { WorldQuery } from './schemas.ts'
import { shownClock } from './time.ts'

const LIMIT = 20
const Query = Type.Object(
  { ...WorldQuery.properties, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, examples: [LIMIT] })) },
  { additionalProperties: false }
)

/** What comes next in a world, in order. Answered at any time, also while an advance is under way. */
export function agenda(app: ControlApp, context: ControlContext): void {
  app.get('/agenda', { schema: { querystring: Query } }, (request) =>
    look(context, request, (world) => {
      const { entries, more } = world.agenda(request.query.limit ?? LIMIT)
      return {
        world: world.id,
        ...shownClock(world.clock()),
        agenda: entries.map(({ at, ...entry }) => ({ at: fromInstant(at), ...entry })),
        more
      }
    })
  )
}
