import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { ROOT } from './start.ts'

/** What somebody else waited for a small call, in milliseconds. */
export interface Waits {
  readonly calls: number
  readonly failed: number
  readonly p50: number
  readonly p99: number
  readonly p100: number
}

/** Lets a bystander call a server until `end`. */
export function startBystander(port: number): { end(): Promise<Waits> } {
  const worker = new Worker(join(ROOT, 'machines', 'server', 'bystander.ts'), { workerData: port })
  return {
    end: () =>
      new Promise((resolve, reject) => {
        worker.once('error', reject)
        worker.once('message', resolve)
        worker.postMessage('end')
      })
  }
}
