import { Value } from '@sinclair/typebox/value'
import type { Bed } from '../core/model/core.ts'
import { FaultForm, type FaultRule } from '../core/model/fault-form.ts'
import { FaultRefused } from '../core/model/faults.ts'
import type { SettingValue } from '../core/model/resources.ts'
import type { ClockMode } from '../core/model/world.ts'
import { BadUsage } from '../documents/complaint.ts'
import type { SourceDocument } from '../documents/document.ts'
import { clockInstant } from '../documents/instants.ts'
import { type PathWrong, Told } from '../documents/reading.ts'
import { isDoneWithin, SLICE_MS } from '../documents/slices.ts'
import { type Faultable, wrongsOfFault } from '../providers/faults.ts'
import type { Provider } from '../providers/provider.ts'
import { BadSeed, refuseFor } from '../providers/seed-room.ts'

/** What every new world starts with. */
export interface Seed {
  readonly document: SourceDocument
  /** Provider name → its section, as its room's schema has it. */
  readonly sections: ReadonlyMap<string, unknown>
  readonly settings: Readonly<Record<string, SettingValue>>
  /** Rules of the worlds themselves. */
  readonly faults: readonly FaultRule[]
  readonly clock: { readonly mode: ClockMode | undefined; readonly at: number | undefined }
}

export type Seedable = Faultable & Pick<Provider, 'seed'>

/** A document that is known to be right, taken apart. */
export function seedOf(document: SourceDocument, providers: readonly Seedable[]): Seed {
  const members = membersOf(document.value)
  const clock = membersOf(members.get('clock'))
  const mode = clock.get('mode')
  const at = clockInstant.read(String(clock.get('at')))
  return {
    document,
    sections: new Map([...members].filter(([name]) => providers.some((provider) => provider.name === name))),
    settings: Object.fromEntries([...membersOf(members.get('settings'))].filter(isSetting)),
    faults: faultsIn(members.get('faults')),
    clock: { mode: mode === 'system' || mode === 'manual' ? mode : undefined, at }
  }
}

/**
 * Plants a checked seed, in slices of one transaction each; throws `BadSeed` with what only looking across the document
 * finds.
 */
export function* plantSeed(seed: Seed, providers: readonly Seedable[], bed: Bed): Generator<undefined, void> {
  bed.changeSettings(seed.settings)
  const wrongs = new Told<PathWrong>()
  yield* plantFaults(seed.faults, providers, bed, wrongs)
  for (const { name, seed: room } of providers) {
    const section = seed.sections.get(name)
    if (section === undefined) continue
    try {
      const planting = bed.perform(name, (cloud) => room.plant(cloud, section))
      while (!bed.perform(name, () => isDoneWithin(SLICE_MS, planting))) yield
    } catch (error) {
      if (!(error instanceof BadSeed)) throw error
      for (const { path, ...words } of error.wrongs) wrongs.add(() => ({ path: [name, ...path], ...words }))
      wrongs.more += error.more
    }
  }
  refuseFor(wrongs)
}

/**
 * Names that come twice, operations and codes that there are not: what a schema cannot say. What was meant by a name takes
 * long to find, so whoever waits has a turn before each rule.
 */
function* plantFaults(
  rules: readonly FaultRule[],
  providers: readonly Seedable[],
  bed: Bed,
  told: Told<PathWrong>
): Generator<undefined, void> {
  const names = new Set<string>()
  for (const [index, rule] of rules.entries()) {
    yield
    const wrongs: PathWrong[] = [...wrongsOfFault(rule, providers)]
    if (names.has(rule.id)) wrongs.push({ path: ['id'], reason: `${JSON.stringify(rule.id)} names two rules` })
    names.add(rule.id)
    for (const { path, reason, expected } of wrongs) {
      told.add(() => ({ path: ['faults', index, ...path], reason, expected }))
    }
    if (told.first.length > 0) continue
    try {
      bed.putFault(rule)
    } catch (error) {
      if (!(error instanceof FaultRefused)) throw error
      told.add(() => ({ path: ['faults', index], reason: `can’t be taken: ${error.message}` }))
    }
  }
}

/** A refusal of a seed with the places of its file, in their order. */
export async function badUsageOf(document: SourceDocument, { wrongs, more }: BadSeed): Promise<BadUsage> {
  const places = await document.find(wrongs.map(({ path }) => path))
  const placed = wrongs.map(({ path: _, ...words }, index) => ({ words, ...(places[index] ?? NOWHERE) }))
  const complaints = placed
    .sort((one, other) => one.offset - other.offset)
    .map(({ where, words }) => ({ where, ...words }))
  return new BadUsage(complaints, more)
}
const NOWHERE = { where: '', offset: 0 }

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

/** A document that is known to be right holds nothing else there. */
function faultsIn(value: unknown): readonly FaultRule[] {
  return Array.isArray(value) ? value.filter((rule): rule is FaultRule => Value.Check(FaultForm, rule)) : []
}

function isSetting(member: readonly [string, unknown]): member is [string, SettingValue] {
  return member[1] === null || ['boolean', 'number', 'string'].includes(typeof member[1])
}
