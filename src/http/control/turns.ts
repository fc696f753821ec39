/** One piece of work at a time. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let latest: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = latest.then(work)
    latest = mine.catch(() => {})
    return mine
  }
}
