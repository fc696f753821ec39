import type { TSchema } from '@sinclair/typebox'
import { clouds } from '../../src/clouds.ts'
import { type SettingTable, settingsOf } from '../../src/core/model/rules.ts'
import type { Door } from '../../src/doors/door.ts'
import { DOORS } from '../../src/doors/index.ts'

/** A route of the control API, as its row declares it. */
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

/** All routes of the control API, but for those that go on telling: their connection would take nothing else. */
export function controlTable(): ControlTable {
  const routes = DOORS.filter(({ answer }) => !('event' in answer)).map(({ method, path, request }: Door) => ({
    method,
    path: `/_snapstand${path}`,
    params: request.params,
    query: request.query,
    body: request.body,
    takesText: request.text !== undefined
  }))
  return { routes, settings: settingsOf(Object.fromEntries(clouds.map(({ name, rules }) => [name, rules]))) }
}
