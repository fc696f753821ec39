import type { FastifyInstance } from 'fastify'
import type { WorldSummary } from '../../core/model/core.ts'
import { ALL_WORLDS } from '../../core/model/world-names.ts'
import { deleteWorld, keepWorld, listWorlds, resetWorlds } from '../../doors/worlds.ts'
import { Problem } from '../problem.ts'
import type { ControlContext } from './index.ts'
import { oneId, oneWorldIdOf, worldIdOf } from './input.ts'
import { serve } from './serve.ts'
import { shownClock } from './time.ts'

/** The worlds of this server: list, keep, forget, reset. */
export function worlds(app: FastifyInstance, context: ControlContext): void {
  const { core } = context
  const shown = (world: WorldSummary) => ({ ...world, ...shownClock(world) })

  serve(app, listWorlds, () => core.worlds().map(shown))

  serve(app, keepWorld, (request) => shown(core.keep(oneId(request.params.id), request.body.keep)))

  serve(app, deleteWorld, async (request) => {
    const { id } = request.params
    if (!(await core.forget(id)))
      throw new Problem(404, `There is no world ${JSON.stringify(id)}.`, { field: 'id', value: id })
  })

  serve(app, resetWorlds, async (request) => {
    if (worldIdOf(request) !== ALL_WORLDS) {
      const id = oneWorldIdOf(request)
      // One that is not there is as new already.
      await core.peek(id)?.reset()
      core.journals.find(id)?.restart()
      return { worlds: [id] }
    }
    const reset: string[] = []
    const failed: { readonly world: string; readonly reason: string }[] = []
    for (const { id } of core.worlds()) {
      // Whoever else waits has its turn.
      await new Promise((resolve) => setImmediate(resolve))
      try {
        await core.peek(id)?.reset()
        reset.push(id)
      } catch (error) {
        failed.push({ world: id, reason: error instanceof Error ? error.message : String(error) })
      }
    }
    for (const journal of core.journals.loose()) journal.restart()
    return { worlds: reset, ...(failed.length > 0 && { failed }) }
  })
}
