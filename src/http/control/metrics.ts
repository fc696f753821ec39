import type { FastifyInstance } from 'fastify'
import { getMetrics } from '../../doors/metrics.ts'
import { Problem } from '../problem.ts'
import type { ControlContext } from './index.ts'
import { serve } from './serve.ts'

/** What the server counts of itself, if it does. */
export function metrics(app: FastifyInstance, { metrics }: ControlContext): void {
  serve(app, getMetrics, () => {
    if (metrics) return metrics.expose()
    throw new Problem(404, 'Nothing is counted; start the server with --metrics.', { field: 'path', value: '/metrics' })
  })
}
