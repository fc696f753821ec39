import type { Flag } from './flags.ts'
import { withoutIt } from './flags.ts'
import type { JsonForm } from './forms.ts'
import { FILE_FLAGS } from './sources.ts'

const TEXT: JsonForm = { type: 'string', minLength: 1 }

/** The JSON Schema of a configuration file: its members are the flags, as they may stand in a file. */
export function configSchema(): object {
  const members = FILE_FLAGS.map((flag) => [flag.name, memberOf(flag)] as const)
  return {
    type: 'object',
    properties: { ...Object.fromEntries(members), keys: KEYS },
    additionalProperties: false
  }
}

function memberOf(flag: Flag<unknown>): object {
  const { description, expected, many, schema: one = TEXT } = flag
  const without = withoutIt(flag)
  const words = `${description} (${expected})${without === undefined ? '' : `. Default: ${without}`}`
  return many ? { description: words, anyOf: [one, { type: 'array', items: one }] } : { description: words, ...one }
}

const WORLD = { ...TEXT, description: 'the world that it names; default: one of its own name' }
const KEYS = {
  description: 'access keys with secrets of their own, and bearer tokens',
  type: 'array',
  items: {
    anyOf: [
      {
        type: 'object',
        properties: { id: TEXT, secret: TEXT, world: WORLD },
        required: ['id', 'secret'],
        additionalProperties: false
      },
      {
        type: 'object',
        properties: { bearer: TEXT, world: TEXT },
        required: ['bearer', 'world'],
        additionalProperties: false
      },
      { type: 'string', description: 'id:secret or id:secret:world', pattern: '^[^:]+:[^:]+(:[^:]+)?$' }
    ]
  }
}
