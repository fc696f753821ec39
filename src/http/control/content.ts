import type { FastifyInstance } from 'fastify'
import { CONTENT_BYTES_MAX, getContent, setContent } from '../../doors/content.ts'
import { Problem } from '../problem.ts'
import { cloudAt } from './clouds.ts'
import type { ControlContext } from './index.ts'
import { change, look, textBody } from './input.ts'
import { serve } from './serve.ts'

/** The content marker of a volume: a text that snapshots capture and rollbacks bring back. */
export function content(app: FastifyInstance, context: ControlContext): void {
  serve(app, getContent, async (request) => {
    const { name: provider } = cloudAt(context, request.params.provider)
    const text = await look(context, request, async (world) => {
      await world.ready()
      const found = world.perform(provider, (cloud) => {
        const volume = cloud.findVolume(request.params.id)
        return volume && { content: cloud.contentOf(volume) }
      })
      if (!found) throw unknownVolume(world.id, request.params.id)
      return found
    })
    return text.content
  })

  serve(app, setContent, async (request) => {
    const { name: provider } = cloudAt(context, request.params.provider)
    const text = textBody(request)
    const bytes = Buffer.byteLength(text)
    if (bytes > CONTENT_BYTES_MAX) {
      throw new Problem(413, `A content marker has at most ${CONTENT_BYTES_MAX} bytes; this one has ${bytes}.`, {
        field: 'body',
        example: 'run 17, before the upgrade'
      })
    }
    await change(context, request, async (world) => {
      await world.ready()
      const found = world.perform(provider, (cloud) => {
        const volume = cloud.findVolume(request.params.id)
        if (volume) cloud.writeContent(volume, text)
        return volume !== undefined
      })
      if (!found) throw unknownVolume(world.id, request.params.id)
    })
  })
}

function unknownVolume(world: string, id: string): Problem {
  return new Problem(404, `The world ${JSON.stringify(world)} has no volume ${JSON.stringify(id)} in this cloud.`, {
    field: 'id',
    value: id
  })
}
