/** Long enough that the pauses cost nothing, short enough that nobody notices the wait. */
const SLICE_MS = 10

/**
 * Does long work to its end, bit by bit: `work` yields wherever it may be interrupted, and everybody else who waits has
 * a turn after each slice.
 */
export async function inSlices<T>(work: Iterator<unknown, T>): Promise<T> {
  let endsAt = performance.now() + SLICE_MS
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value
    if (performance.now() < endsAt) continue
    await new Promise((resolve) => setImmediate(resolve))
    endsAt = performance.now() + SLICE_MS
  }
}
