import type { Settings } from '../../client/index.ts'
import { BadUsage } from '../../documents/complaint.ts'
import type { RemoteCommand } from '../command.ts'
import { type Paint, table } from '../terminal.ts'

const listSettings: RemoteCommand = {
  usage: 'settings list [name...]',
  description: 'tell a world’s settings; those that are not the default stand out',
  isDefault: true,
  async run({ world, words, terminal: { paint } }) {
    const answer = await world.settings.get()
    const meant = answer.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))
    return { answer, text: shown(meant, paint) }
  }
}

const setSettings: RemoteCommand = {
  usage: 'settings set <name=value...>',
  description: 'change settings of a world, all of them or none',
  async run({ world, words, terminal: { paint } }) {
    const changes = Object.fromEntries(words.map(changeOf))
    const answer = await world.settings.patch(changes)
    return { answer, text: shown(ofNames(answer, Object.keys(changes)), paint) }
  }
}

const unsetSettings: RemoteCommand = {
  usage: 'settings unset <name...>',
  description: 'put settings of a world back to their defaults',
  async run({ world, words, terminal: { paint } }) {
    const answer = await world.settings.patch(Object.fromEntries(words.map((name) => [name, null])))
    return { answer, text: shown(ofNames(answer, words), paint) }
  }
}

type Value = boolean | number | string | null

/** A value that reads as JSON is what it reads as, any other is a text. */
function changeOf(word: string): [name: string, value: Value] {
  const at = word.indexOf('=')
  if (at < 1) {
    throw new BadUsage([
      { where: 'settings set', reason: `${JSON.stringify(word)} is no change`, expected: 'expected name=value' }
    ])
  }
  return [word.slice(0, at), valueIn(word.slice(at + 1))]
}

function valueIn(text: string): Value {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'boolean' || typeof value === 'number' || value === null ? value : text
  } catch {
    return text
  }
}

function ofNames(settings: Settings, names: readonly string[]): Settings {
  return settings.filter(({ name }) => names.includes(name))
}

function shown(settings: Settings, paint: Paint): string {
  const rows = settings.map(({ name, value, default: preset, description }) => [
    name,
    value === preset ? String(value) : paint.bold(String(value)),
    value === preset ? '' : paint.dim(String(preset)),
    description
  ])
  return table(paint, ['name', 'value', 'default', 'what it is'], rows)
}

export const settings = [listSettings, setSettings, unsetSettings]
