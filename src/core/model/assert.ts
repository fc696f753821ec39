/** A failed assertion is our bug: it is logged with its stack and answered with the cloud's internal error. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailed(message)
}

export class AssertionFailed extends Error {}
