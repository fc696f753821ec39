import type { ControlApp, ControlContext } from './index.ts'

/** Liveness: served to everyone, also where the control API is off. */
export function health(app: ControlApp, { core, clouds, options }: ControlContext): void {
  const startedAt = performance.now()
  app.get('/health', () => {
    const worlds = core.worlds()
    const damaged = worlds.flatMap(({ id, damaged }) => (damaged ? [{ world: id, ...damaged }] : []))
    const status = damaged.length > 0 ? 'degraded' : 'ok'
    if (options.mode === 'off') return { status }
    return {
      status,
      version: options.version,
      uptimeMs: Math.round(performance.now() - startedAt),
      clouds: clouds.map((provider) => provider.name),
      worlds: worlds.length,
      damaged: damaged.length > 0 ? damaged : undefined
    }
  })
}
