import type { FastifyInstance } from 'fastify'
import type { PolicyOccurrences } from '../../core/model/world.ts'
import { fromInstant, instantAt } from '../../documents/instants.ts'
import { listOccurrences, OCCURRENCES_LIMIT } from '../../doors/occurrences.ts'
import { Problem } from '../problem.ts'
import { cloudAt } from './clouds.ts'
import type { ControlContext } from './index.ts'
import { look } from './input.ts'
import { serve } from './serve.ts'

/** What a policy did, with reasons, and what it will do if nobody changes anything. */
export function occurrences(app: FastifyInstance, context: ControlContext): void {
  serve(app, listOccurrences, (request) => {
    const { id } = request.params
    const { after, limit = OCCURRENCES_LIMIT } = request.query
    const { name: provider } = cloudAt(context, request.params.provider)
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

function shown({ now, past, next, ...found }: PolicyOccurrences) {
  return {
    ...found,
    now: fromInstant(now),
    past: past.map(({ at, ...occurrence }) => ({ at: fromInstant(at), ...occurrence })),
    next: next.map(({ at, volumes }) => ({ at: fromInstant(at), volumes }))
  }
}
