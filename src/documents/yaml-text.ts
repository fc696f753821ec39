import type { Reading } from './reading.ts'
import type { Path } from './walk.ts'
import type { YamlTask } from './yaml-reader.ts'

/** Set by the build, which puts the worker beside the program; from source it is the file. */
declare const YAML_WORKER: string | undefined

/** What is larger is JSON: reading YAML takes a second and a hundred times its size in memory. */
export const YAML_MAX = 512 * 1024
/** A shorter text is read before a thread for it would be up, however wrong it is. */
const SHORT = 2 * 1024
/** Only a text that is meant to takes as long, or as much. */
const TIMEOUT_MS = 15_000
const MEMORY_MIB = 64

/**
 * Reads YAML, in a thread of its own where it is not short: a few lines can be made to take minutes and gigabytes, and
 * whoever else this process serves must not notice.
 */
export async function readYaml(text: string, paths: readonly Path[] = []): Promise<Reading> {
  if (text.length > YAML_MAX) {
    return refused(
      `is no JSON, and YAML is read up to ${YAML_MAX / 1024} KiB only, not ${Math.ceil(text.length / 1024)}; send it as JSON`
    )
  }
  if (text.length > SHORT) return readInThread({ text, paths })
  return (await import('./yaml-reader.ts')).readYaml(text, paths)
}

async function readInThread(task: YamlTask): Promise<Reading> {
  const { Worker } = await import('node:worker_threads')
  const file = typeof YAML_WORKER === 'string' ? YAML_WORKER : './yaml-worker.ts'
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB, maxYoungGenerationSizeMb: 16 }
  })
  try {
    return await new Promise<Reading>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', (error) => {
        const isTooMuch = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        if (isTooMuch) resolve(refused('takes more memory to read than YAML is worth; send it as JSON'))
        else reject(error)
      })
      setTimeout(resolve, TIMEOUT_MS, refused('takes longer to read than YAML is worth; send it as JSON')).unref()
    })
  } finally {
    await worker.terminate()
  }
}

function refused(reason: string): Reading {
  return { value: undefined, troubles: [{ offset: 0, reason }], more: 0, offsets: [] }
}
