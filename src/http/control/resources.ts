import type { FastifyInstance } from 'fastify'
import type { Cloud } from '../../core/model/cloud.ts'
import { fromInstant } from '../../documents/instants.ts'
import { inSlices } from '../../documents/slices.ts'
import { getResource, listResources, RESOURCES_LIMIT } from '../../doors/resources.ts'
import type { Views } from '../../providers/views.ts'
import { Problem } from '../problem.ts'
import { cloudAt } from './clouds.ts'
import type { ControlContext } from './index.ts'
import { look } from './input.ts'
import { relatedTo } from './related.ts'
import { find, type Kind, pageOf, type Row, stateOf } from './resource-rows.ts'
import { serve } from './serve.ts'

/** What a world has in each cloud, in the cloud's own words. Looking changes nothing, and nothing is due for it. */
export function resources(app: FastifyInstance, context: ControlContext): void {
  serve(app, listResources, (request) => {
    const { provider, kind } = request.params
    const { views } = cloudAt(context, provider)
    const { text, offset = 0, limit = RESOURCES_LIMIT } = request.query
    return look(context, request, async (world) => {
      const { total, rows } = world.see(provider, (cloud) => pageOf(cloud, kind, text, { offset, limit }))
      const shown = await inSlices(
        (function* () {
          const all = []
          for (const row of rows) {
            all.push(world.see(provider, (cloud) => shownRow(cloud, views, row)))
            yield
          }
          return all
        })()
      )
      return { world: world.id, provider, kind, total, resources: shown }
    })
  })

  serve(app, getResource, (request) => {
    const { provider, kind, id } = request.params
    const { views } = cloudAt(context, provider)
    return look(context, request, (world) =>
      world.see(provider, (cloud) => {
        const row = find(cloud, kind, id)
        if (!row) throw unknownResource(cloud, kind, id, world.id)
        const content = 'contentHash' in row.row && row.row.contentHash !== null ? cloud.contentOf(row.row) : null
        return {
          world: world.id,
          provider,
          kind,
          ...shownRow(cloud, views, row),
          content,
          related: relatedTo(cloud, views, row)
        }
      })
    )
  })
}

function shownRow(cloud: Cloud, views: Views, each: Row) {
  const { id, name, createdAt } = each.row
  return { id, name, state: stateOf(each), createdAt: fromInstant(createdAt), shown: { ...viewOf(cloud, views, each) } }
}

function viewOf(cloud: Cloud, views: Views, each: Row): object {
  switch (each.kind) {
    case 'volumes':
      return views.volume(cloud, each.row)
    case 'snapshots':
      return views.snapshot(cloud, each.row)
    case 'policies':
      return views.policy(cloud, each.row)
    case 'instances':
      return views.instance(cloud, each.row)
    default:
      return each satisfies never
  }
}

function unknownResource(cloud: Cloud, kind: Kind, id: string, world: string): Problem {
  const [some] = pageOf(cloud, kind, undefined, { offset: 0, limit: 1 }).rows
  return new Problem(404, `The world ${JSON.stringify(world)} has none of ${kind} with the id ${JSON.stringify(id)}.`, {
    field: 'id',
    value: id,
    ...(some && { example: some.row.id })
  })
}
