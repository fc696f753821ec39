import { Type } from '@sinclair/typebox'
import type { SettingValue } from '../../core/model/resources.ts'
import type { World } from '../../core/model/world.ts'
import { Problem } from '../problem.ts'
import { lazyCheck } from '../validate.ts'
import type { ControlApp, ControlContext } from './index.ts'
import { change, look, problemOf, unknownMember } from './input.ts'
import { WorldQuery } from './schemas.ts'

const DELAY_EXAMPLE_MS = 300
const Patch = Type.Record(Type.String(), Type.Unknown(), { examples: [{ 'zenlayer.snapshotQuota': 2 }] })

/** A world's settings: what there is, and changing some. */
export function settings(app: ControlApp, context: ControlContext): void {
  const { core } = context
  const shown = async (world: World): Promise<readonly object[]> => {
    const values = world.settings()
    return Object.entries(core.settings).map(([name, { default: preset, description, source }]) => ({
      name,
      value: values[name] ?? null,
      default: preset,
      description,
      source
    }))
  }

  app.get('/settings', { schema: { querystring: WorldQuery } }, (request) =>
    look(context, request, async (world) => {
      await world.ready()
      return shown(world)
    })
  )

  app.patch('/settings', { schema: { querystring: WorldQuery, body: Patch } }, (request) => {
    const changes = Object.entries(request.body).map(([name, value]) => [name, checked(context, name, value)] as const)
    return change(context, request, async (world) => {
      await world.ready()
      world.changeSettings(Object.fromEntries(changes))
      return shown(world)
    })
  })
}

/** The value of a setting that exists, in its form; null: back to the default. */
function checked({ core }: ControlContext, name: string, value: unknown): SettingValue {
  const setting = Object.hasOwn(core.settings, name) ? core.settings[name] : undefined
  if (!setting) throw unknownMember(name, name, Object.keys(core.settings))
  if (value === null) return null
  if (!lazyCheck(setting.form)(value) || !isSettingValue(value)) {
    const { status, message, members } = problemOf('body', setting.form, value, name)
    const { example, ...others } = members
    // Only delays have no value of their own.
    throw new Problem(status, message, { example: example ?? setting.default ?? DELAY_EXAMPLE_MS, ...others })
  }
  return value
}

function isSettingValue(value: unknown): value is SettingValue {
  return value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string'
}
