import type { FastifyInstance } from 'fastify'
import type { SettingValue } from '../../core/model/resources.ts'
import type { World } from '../../core/model/world.ts'
import { changeSettings, getSettings } from '../../doors/settings.ts'
import { Problem } from '../problem.ts'
import { lazyCheck } from '../validate.ts'
import type { ControlContext } from './index.ts'
import { change, look, problemOf, unknownMember } from './input.ts'
import { serve } from './serve.ts'

const DELAY_EXAMPLE_MS = 300

/** A world's settings: what there is, and changing some. */
export function settings(app: FastifyInstance, context: ControlContext): void {
  const { core } = context
  const shown = (world: World) => {
    const values = world.settings()
    return Object.entries(core.settings).map(([name, { default: preset, description, source }]) => ({
      name,
      value: values[name] ?? null,
      default: preset,
      description,
      source
    }))
  }

  serve(app, getSettings, (request) =>
    look(context, request, async (world) => {
      await world.ready()
      return shown(world)
    })
  )

  serve(app, changeSettings, (request) => {
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
