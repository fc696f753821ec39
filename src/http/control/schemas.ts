import { Type } from '@sinclair/typebox'
import { WORLD_ID_LENGTH_MAX } from './input.ts'

export const WorldId = Type.String({
  minLength: 1,
  maxLength: WORLD_ID_LENGTH_MAX,
  expected: `a world's name of 1 to ${WORLD_ID_LENGTH_MAX} characters`,
  examples: ['run-17']
})
/** The query of a call that is about a world and asks nothing else. */
export const WorldQuery = Type.Object({ world: Type.Optional(WorldId) }, { additionalProperties: false })
