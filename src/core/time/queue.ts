import { ClockRefused } from '../model/world.ts'

/** One queue for the whole process: one batch, then whatever else waits, so that worlds take turns. */
export interface Queue {
  run<T>(batch: () => T): Promise<T>
  /** The server ends soon: what goes on for long by somebody's wish stops between two batches. */
  stop(): void
  readonly isStopped: boolean
  /** The server ends: no batch runs any more, and those that wait are refused. */
  close(): void
}

export function createQueue(): Queue {
  const waiting: { run(): void; refuse(error: unknown): void }[] = []
  let isStopped = false
  let isClosed = false
  const next = () => {
    waiting.shift()?.run()
    if (waiting.length > 0) setImmediate(next)
  }
  return {
    run: (batch) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(ended())
          return
        }
        const run = () => {
          try {
            resolve(batch())
          } catch (error) {
            reject(error)
          }
        }
        waiting.push({ run, refuse: reject })
        if (waiting.length === 1) setImmediate(next)
      }),
    stop() {
      isStopped = true
    },
    get isStopped() {
      return isStopped
    },
    close() {
      isStopped = true
      isClosed = true
      for (const { refuse } of waiting.splice(0)) refuse(ended())
    }
  }
}

function ended(): ClockRefused {
  return new ClockRefused('stopped', 'the server has ended')
}
