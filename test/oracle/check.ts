import fc from 'fast-check'
import type { Core } from '../../src/core/model/core.ts'
import { runHistory } from './history.ts'
import { histories } from './steps.ts'

/** Checks one history, whose seed is its number; returns what differs, for the shortest history that still does. */
export async function checkHistory(core: Core, seed: number): Promise<string | undefined> {
  const result = await fc.check(
    fc.asyncProperty(histories, (steps) => runHistory(core, steps)),
    { seed, numRuns: 1 }
  )
  if (!result.failed) return undefined
  const { errorInstance: error, counterexample } = result
  const steps = (counterexample?.[0] ?? []).map((step) => JSON.stringify(step)).join('\n')
  return `${steps}\n${error instanceof Error ? error.message : String(error)}`
}
