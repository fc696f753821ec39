import type { FastifyInstance } from 'fastify'
import { getHealth } from '../../doors/health.ts'
import { shardText } from '../shard.ts'
import type { ControlContext } from './index.ts'
import { serve } from './serve.ts'

/** Liveness: served to everyone, also where the control API is off. */
export function health(app: FastifyInstance, { core, clouds, shard, options }: ControlContext): void {
  const startedAt = performance.now()
  serve(app, getHealth, () => {
    const { count, damaged } = core.survey()
    const status = damaged.length > 0 ? ('degraded' as const) : ('ok' as const)
    if (options.mode === 'off') return { status }
    return {
      status,
      version: options.version,
      shard: shard && shardText(shard),
      uptimeMs: Math.round(performance.now() - startedAt),
      clouds: clouds.map((provider) => provider.name),
      worlds: count,
      damaged: damaged.length > 0 ? damaged : undefined
    }
  })
}
