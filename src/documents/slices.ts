/** Long enough that the pauses cost nothing, short enough that nobody notices the wait. */
export const SLICE_MS = 10

/** Does long work for a while: `work` yields wherever it may be interrupted. Whether it has come to its end. */
export function isDoneWithin(ms: number, work: Iterator<unknown, unknown>): boolean {
  const endsAt = performance.now() + ms
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return true
    if (performance.now() >= endsAt) return false
  }
}

/** Does long work to its end; everybody else who waits has a turn after each slice. */
export async function inSlices<T>(work: Iterator<unknown, T>): Promise<T> {
  let endsAt = performance.now() + SLICE_MS
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value
    if (performance.now() < endsAt) continue
    await new Promise((resolve) => setImmediate(resolve))
    endsAt = performance.now() + SLICE_MS
  }
}

/** Does long work to its end, where nobody else waits. */
export function atOnce<T>(work: Iterator<unknown, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value
}
