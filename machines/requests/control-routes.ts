import type { TSchema } from '@sinclair/typebox'
import { KindGuard } from '@sinclair/typebox'
import { clouds } from '../../src/clouds.ts'
import { createKeyring } from '../../src/config/keys.ts'
import { createCore } from '../../src/core/create-core.ts'
import type { SettingTable } from '../../src/core/model/rules.ts'
import { buildApp } from '../../src/http/app.ts'

/** A route of the control API, as its server declares it. */
export interface ControlRoute {
  readonly method: string
  readonly path: string
  readonly params: TSchema | undefined
  readonly query: TSchema | undefined
  readonly body: TSchema | undefined
  /** The body is a text, not JSON. */
  readonly takesText: boolean
}
export interface ControlTable {
  readonly routes: readonly ControlRoute[]
  readonly settings: SettingTable
}

/** All routes of the control API, read from a server that is built for that and never listens. */
export async function controlTable(): Promise<ControlTable> {
  const core = createCore({
    rules: Object.fromEntries(clouds.map(({ name, rules }) => [name, rules])),
    plant: () => {},
    clock: { mode: 'manual' }
  })
  const app = buildApp({ core, providers: clouds, keys: createKeyring('off', []) })
  const routes: ControlRoute[] = []
  app.addHook('onRoute', ({ method, url, schema, config }) => {
    if (!url.startsWith('/_snapstand/')) return
    const { params, querystring, body } = schema ?? {}
    for (const each of Array.isArray(method) ? method : [method]) {
      if (each === 'HEAD') continue
      routes.push({
        method: each,
        path: url,
        params: schemaOf(params),
        query: schemaOf(querystring),
        body: schemaOf(body),
        takesText: config?.bodyAs === 'text'
      })
    }
  })
  await app.ready()
  const { settings } = core
  await app.close()
  await core.close()
  return { routes, settings }
}

function schemaOf(part: unknown): TSchema | undefined {
  return KindGuard.IsSchema(part) ? part : undefined
}
