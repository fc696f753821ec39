/** Whoever else waits has its turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Does long work of which nobody need wait. */
export async function inTurns<T>(work: Iterator<unknown, T>): Promise<T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value
    await turn()
  }
}

/** Does work to its end that is not long here. */
export function atOnce<T>(work: Iterator<unknown, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value
}
