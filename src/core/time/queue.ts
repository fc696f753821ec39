/** One queue for the whole process: one batch, then whatever else waits, so that worlds take turns. */
export interface Queue {
  run<T>(batch: () => T): Promise<T>
}

export function createQueue(): Queue {
  const waiting: (() => void)[] = []
  const next = () => {
    waiting.shift()?.()
    if (waiting.length > 0) setImmediate(next)
  }
  return {
    run: (batch) =>
      new Promise((resolve, reject) => {
        waiting.push(() => {
          try {
            resolve(batch())
          } catch (error) {
            reject(error)
          }
        })
        if (waiting.length === 1) setImmediate(next)
      })
  }
}
