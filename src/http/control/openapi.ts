import type { FastifyInstance, FastifyRequest } from 'fastify'
import { nearest } from '../../documents/nearest.ts'
import { DOORS } from '../../doors/index.ts'
import { getCloudOpenApi, getOpenApi } from '../../doors/openapi.ts'
import { Problem } from '../problem.ts'
import type { ControlContext } from './index.ts'
import { serve } from './serve.ts'

/** Descriptions of this API and of the clouds', made of their rows whenever somebody asks: nobody else pays for them. */
export function openapi(app: FastifyInstance, { clouds, options: { version = '' } }: ControlContext): void {
  serve(app, getOpenApi, async (request) => {
    const { controlDocument } = await import('../openapi/control.ts')
    return controlDocument(DOORS, { url: urlOf(request), version })
  })

  const files = new Map(clouds.map((cloud) => [`${cloud.name}.json`, cloud]))
  serve(app, getCloudOpenApi, async (request) => {
    const { file } = request.params
    const cloud = files.get(file)
    if (!cloud) throw unknownFile(file, [...files.keys()])
    const [{ cloudDocument }, { readExamples }] = await Promise.all([
      import('../openapi/cloud.ts'),
      import('../openapi/examples.ts')
    ])
    return cloudDocument(cloud, readExamples(), { url: urlOf(request), version })
  })
}

/** This server, as the client names it; '' where it does not, as in HTTP/1.0. */
function urlOf({ protocol, host }: FastifyRequest): string {
  return host ? `${protocol}://${host}` : ''
}

function unknownFile(value: string, known: readonly string[]): Problem {
  const detail = `No description is called ${JSON.stringify(value)}; known are ${known.join(', ')}.`
  return new Problem(404, detail, { field: 'file', value, nearest: nearest(value, known), known })
}
