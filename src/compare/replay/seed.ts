import { toInstant } from '../../documents/instants.ts'
import { objectsIn } from '../clouds/sightings.ts'
import { isObject } from '../differences/values.ts'
import type { Recorded } from './replay.ts'
import type { Stage } from './stage.ts'

/** What a transition takes on a clock that runs: the default is none on one that stands still. */
export const USUAL_DELAY_MS = 300

/** The seed of the world that a recording is played in: what it started with, its settings, its clock. */
export function seedFor(
  { settings: defaults }: Stage,
  { cloud, exchanges, seed, settings = {} }: Recorded,
  changes: Readonly<Record<string, unknown>>,
  startAt: number
): object {
  const name = cloud.provider.name
  const given: unknown = seed && Reflect.get(seed, name)
  const section = given ?? cloud.seedFrom(exchanges)
  // Those of all clouds alike: one of a cloud's own goes before them.
  const delays = Object.keys(defaults).filter((each) => /^delays\.[^.]+$/.test(each) && defaults[each] === null)
  const before = isObject(seed) && isObject(seed.settings) ? seed.settings : {}
  return {
    [name]: section,
    settings: {
      ...Object.fromEntries(delays.map((each) => [each, USUAL_DELAY_MS])),
      ...withoutNull(before),
      ...withoutNull(settings),
      ...changes
    },
    clock: { mode: 'manual', at: new Date(Math.max(startAt, newestIn(section))).toISOString() }
  }
}

/** null is the default, which depends on how a clock runs. */
function withoutNull(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null))
}

/** The youngest row: no clock shows less. */
function newestIn(section: unknown): number {
  let newest = 0
  for (const row of objectsIn(section)) {
    for (const [name, value] of Object.entries(row)) {
      const at = typeof value === 'string' && MADE.test(name) ? toInstant(value) : undefined
      if (at !== undefined && at > newest) newest = at
    }
  }
  return newest
}
const MADE = /^(?:createTime|createdTime|updatedTime|firedTime|attachTime|shareTime)$/
