import type { ControlApp, ControlContext } from './index.ts'

/** Liveness: served to everyone, also where the control API is off. */
export function health(app: ControlApp, { core, clouds, options }: ControlContext): void {
  const startedAt = performance.now()
  app.get('/health', () => {
    const status = 'ok'
    if (options.mode === 'off') return { status }
    return {
      status,
      ...(options.version !== undefined && { version: options.version }),
      uptimeMs: Math.round(performance.now() - startedAt),
      clouds: clouds.map((provider) => provider.name),
      worlds: core.worlds().length
    }
  })
}
