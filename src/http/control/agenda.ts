import type { FastifyInstance } from 'fastify'
import { fromInstant } from '../../documents/instants.ts'
import { AGENDA_LIMIT, getAgenda } from '../../doors/agenda.ts'
import type { ControlContext } from './index.ts'
import { look } from './input.ts'
import { serve } from './serve.ts'
import { shownClock } from './time.ts'

/** What comes next in a world, in order. Answered at any time, also while an advance is under way. */
export function agenda(app: FastifyInstance, context: ControlContext): void {
  serve(app, getAgenda, (request) =>
    look(context, request, (world) => {
      const { entries, more } = world.agenda(request.query.limit ?? AGENDA_LIMIT)
      return {
        world: world.id,
        ...shownClock(world.clock()),
        agenda: entries.map(({ at, ...entry }) => ({ at: fromInstant(at), ...entry })),
        more
      }
    })
  )
}
