import type { ControlApp, ControlContext } from './index.ts'

/** Liveness: served to everyone, also where the control API is off. */
export function health(app: ControlApp, { core, clouds, options }: ControlContext): void {
  const startedAt = performance.now()
  app.get('/health', () => {
    const { count, damaged } = core.survey()
    const status = damaged.length > 0 ? 'degraded' : 'ok'
    if (options.mode === 'off') return { status }
    return {
      status,
      version: options.version,
      uptimeMs: Math.round(performance.now() - startedAt),
      clouds: clouds.map((provider) => provider.name),
      worlds: count,
      damaged: damaged.length > 0 ? damaged : undefined
    }
  })
}
