import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../server/proxy.ts'
import { type Running, startServer } from '../server/start.ts'

/** Several shards, each with a folder that outlives it. */
export interface Cluster {
  readonly ports: readonly number[]
  /** Those that run now. */
  readonly shards: Running[]
  /** Starts one on its port and its folder, in the place of the one that was there. */
  restart(index: number): Promise<void>
  /** The folders go; to end the shards is up to the caller. */
  remove(): Promise<void>
}

export async function startCluster(count: number): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'snapstand-shards-'))
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const start = (index: number): Promise<Running> => {
    const place = ['--port', String(ports[index]), '--data', join(folder, String(index))]
    return startServer([...place, '--shard', `${index}/${count}`, '--clock', 'manual'])
  }
  const shards = await Promise.all(ports.map((_, index) => start(index)))
  return {
    ports,
    shards,
    async restart(index) {
      shards[index] = await start(index)
    },
    remove: () => rm(folder, { recursive: true, force: true })
  }
}
