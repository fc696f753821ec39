import type { WorldCheckpoint } from '../../client/index.ts'
import type { RemoteCommand } from '../command.ts'
import { textOf } from '../options.ts'
import { table } from '../terminal.ts'

const listCheckpoints: RemoteCommand = {
  usage: 'checkpoint list',
  description: 'list a world’s checkpoints, the oldest first',
  isDefault: true,
  async run({ world, terminal: { paint } }) {
    const answer = await world.checkpoints.list()
    if (answer.length === 0) return { answer, text: `${world.key} has no checkpoints.\n` }
    const rows = answer.map(({ name, at, savedAt, bytes }) => [name, at, savedAt, `${Math.ceil(bytes / 1024)} KiB`])
    return { answer, text: table(paint, ['name', 'the world’s instant', 'saved at', 'size'], rows) }
  }
}

const saveCheckpoint: RemoteCommand = {
  usage: 'checkpoint save <name>',
  description: 'save a world as it is; a checkpoint of the same name is replaced',
  async run({ world, words: [name = ''] }) {
    const answer = await world.checkpoints.save(name)
    return { answer, text: `${nameOf(answer)} is saved, at ${answer.at}\n` }
  }
}

const restoreCheckpoint: RemoteCommand = {
  usage: 'checkpoint restore <name>',
  description: 'go back to a checkpoint',
  options: [{ flags: '--as <world>', description: 'make another world of it instead' }],
  async run({ world, words: [name = ''], options }) {
    const as = textOf(options, 'as')
    const answer = await world.checkpoints.restore(name, { as })
    return { answer, text: `${answer.world} is as ${world.key} was in ${name}, at ${answer.at}\n` }
  }
}

const dropCheckpoint: RemoteCommand = {
  usage: 'checkpoint drop <name>',
  description: 'drop a checkpoint',
  async run({ world, words: [name = ''] }) {
    await world.checkpoints.drop(name)
    return { text: `${name} of ${world.key} is gone.\n` }
  }
}

const nameOf = ({ name, world }: WorldCheckpoint) => `${name} of ${world}`

export const checkpoints = [saveCheckpoint, restoreCheckpoint, listCheckpoints, dropCheckpoint]
