import { createRequire } from 'node:module'
import type { WorldFigures } from '../core/model/core.ts'

/** Set by the build, which puts what counts beside the program; from source it is the file. */
declare const METRICS: string | undefined

/** How a call ended. */
export interface Answered {
  readonly status: number
  /** null: it was not refused. */
  readonly code: string | null
  readonly durationMs: number
}

/** How an advance of a clock ended; one that was stopped has done something all the same. */
export type AdvanceOutcome = 'done' | 'stopped' | 'refused'

/** What a server counts of itself. */
export interface Metrics {
  /** A call of a cloud was answered; null: there is no such operation. */
  called(provider: string, operation: string | null, answer: Answered): void
  advanced(outcome: AdvanceOutcome, durationMs: number): void
  /** All of it, in Prometheus' text format. */
  expose(): Promise<string>
}

export interface MetricsOptions {
  readonly version: string
  /** Whether worlds are told apart. Their names are access keys, and there may be many. */
  readonly perWorld: boolean
  /** The worlds that are there, none of them woken for it. */
  readonly figures: () => readonly WorldFigures[]
  /** What all journals hold, also those of no world. */
  readonly journalBytes: () => number
}

/** Loads what counts: no start without metrics pays for it. */
export async function createMetrics(options: MetricsOptions): Promise<Metrics> {
  const { createRegistry } = await counting()
  return createRegistry(options)
}

async function counting(): Promise<typeof import('./registry.ts')> {
  return typeof METRICS === 'string' ? createRequire(import.meta.url)(METRICS) : import('./registry.ts')
}
