import { Type } from '@sinclair/typebox'
import { WORLD_NAME_MAX } from '../../core/model/world-names.ts'

export const WorldId = Type.String({
  minLength: 1,
  maxLength: WORLD_NAME_MAX,
  expected: `a world's name of 1 to ${WORLD_NAME_MAX} characters`,
  examples: ['run-17']
})
/** The query of a call that is about a world and asks nothing else. */
export const WorldQuery = Type.Object({ world: Type.Optional(WorldId) }, { additionalProperties: false })
