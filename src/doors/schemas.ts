import { type Static, Type } from '@sinclair/typebox'
import { WORLD_NAME_MAX } from '../core/model/world-names.ts'
import { DURATION_EXPECTED, INSTANT } from '../documents/instants.ts'

export const INSTANT_EXAMPLE = '2026-02-01T00:00:00Z'
export const DURATION_EXAMPLE = 'P7D'

export const WorldId = Type.String({
  minLength: 1,
  maxLength: WORLD_NAME_MAX,
  expected: `a world's name of 1 to ${WORLD_NAME_MAX} characters`,
  examples: ['run-17']
})
/** The query of a call that is about a world and asks nothing else. */
export const WorldQuery = Type.Object({ world: Type.Optional(WorldId) }, { additionalProperties: false })
export const NoQuery = Type.Object({}, { additionalProperties: false })
/** The body of a call that takes none. */
export const Nothing = Type.Object({}, { additionalProperties: false })

/** An instant of a world's time, or of the wall clock's. */
export const Instant = Type.String({
  pattern: INSTANT,
  expected: 'an instant in ISO 8601 with a time zone',
  examples: [INSTANT_EXAMPLE]
})
export const Duration = Type.String({
  minLength: 2,
  maxLength: 100,
  expected: DURATION_EXPECTED,
  examples: [DURATION_EXAMPLE]
})

/** How many there are of each. */
export const Tally = Type.Record(Type.String(), Type.Integer({ minimum: 0 }))

/** A cloud's name in a path. */
export const ProviderName = Type.String({ examples: ['zenlayer'] })

export type Problem = Static<typeof Problem>
/** Every refusal of the control API: problem details (RFC 9457), with what is wrong and what would be right. */
export const Problem = Type.Object(
  {
    type: Type.Literal('about:blank'),
    title: Type.String({ description: 'The words of the status.' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: 'What is wrong, and the way out, as a sentence.' }),
    field: Type.Optional(Type.String({ description: 'What it is about: a member, a parameter, a header.' })),
    value: Type.Optional(Type.Unknown({ description: 'What was sent there.' })),
    example: Type.Optional(Type.Unknown({ description: 'What would have been right there.' })),
    reason: Type.Optional(Type.String({ description: 'Why, as a word or a few.' })),
    nearest: Type.Optional(Type.String({ description: 'The known name that comes nearest.' })),
    known: Type.Optional(Type.Array(Type.String(), { description: 'All names that are known there.' }))
  },
  { title: 'Problem', additionalProperties: true }
)
