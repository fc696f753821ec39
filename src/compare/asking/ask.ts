import { BadUsage } from '../../documents/complaint.ts'
import type { Sender } from '../../upstream/send.ts'
import { type Caller, createCaller } from '../caller.ts'
import type { ComparedCloud } from '../clouds/cloud.ts'
import { type Exchange, isSuccess } from '../exchange.ts'
import type { Catalogue } from '../probes/catalogue.ts'
import type { Need, Probe } from '../probes/probe.ts'
import { type Budget, BudgetSpent, createLedger } from './budget.ts'
import { createErrand, type Errand, StepImpossible } from './errand.ts'
import { type Left, refusedIn, removeAll, taggedThings, UpstreamRefuses } from './removal.ts'
import type { Thing, Things } from './things.ts'

export interface Asking {
  readonly cloud: ComparedCloud
  readonly catalogue: Catalogue
  readonly things: Things
  readonly sender: Sender
  readonly strange: Sender
  /** Those that are asked. */
  readonly probes: readonly Probe[]
  readonly isWriting: boolean
  readonly budget: Budget
  readonly tag: string
  /** One that may be attached to, of the account. */
  readonly instance?: string | undefined
  readonly zone?: string | undefined
  readonly pollMs: number
  readonly signal?: AbortSignal | undefined
  tell?(line: string): void
}

/** What came of a probe there: the numbers of the calls of each step. */
export interface ProbeAsked {
  readonly probe: Probe
  readonly calls: ReadonlyMap<string, readonly number[]>
  /** Why it did not come to its end. */
  readonly reason: string | undefined
}

/** What came of all. */
export interface AskedAll {
  readonly startedAt: number
  /** Without those that looked for things and removed them. */
  readonly exchanges: readonly Exchange[]
  readonly probes: readonly ProbeAsked[]
  readonly spent: Budget
  readonly left: Left
  /** Why not all was asked: an interruption, or a silence. */
  readonly broken: unknown
}

/** Asks the other side, removes what was made, whatever happens, and gives back what was said. */
export async function askAll(asking: Asking): Promise<AskedAll> {
  const { cloud, sender, strange, things, isWriting, tag, signal, budget, pollMs, tell = () => {} } = asking
  const ledger = createLedger(budget)
  const around = createCaller({ cloud, sender, strange })
  await expectWelcome(asking, createErrand({ caller: around, ledger, things, pollMs, signal }), around)
  if (isWriting) refuseTag(tag, await taggedThings({ caller: around, ledger, things, tag, made: new Map() }))
  const caller = createCaller({ cloud, sender, strange, signal })
  const errand = createErrand({ caller, ledger, things, pollMs, signal })
  errand.names.set('tag', tag)
  if (asking.instance !== undefined) errand.names.set('instance', asking.instance)
  if (asking.zone !== undefined) errand.names.set('zone', asking.zone)
  const probes: ProbeAsked[] = []
  let broken: unknown
  try {
    for (const step of asking.catalogue.overview) await errand.take(step)
    for (const probe of asking.probes) {
      tell(`${probe.question}: ${probe.asks}`)
      probes.push(await askProbe(asking, probe, errand))
    }
  } catch (error) {
    broken = error
  }
  const exchanges = [...caller.exchanges]
  ledger.end()
  const isClean = !isWriting && errand.made.size === 0
  if (!isClean) tell('Removing what was made.')
  const removing = { caller: around, ledger, things, tag, made: errand.made, pollMs }
  const left = isClean ? { things: [], reason: undefined } : await removeAll(removing)
  return { startedAt: caller.startedAt, exchanges, probes, spent: ledger.spent, left, broken }
}

/** Throws `UpstreamRefuses` where not even a first look is allowed. */
async function expectWelcome({ catalogue }: Asking, errand: Errand, { exchanges }: Caller): Promise<void> {
  const [first] = catalogue.overview
  if (!first) return
  await errand.take(first)
  const exchange = exchanges.at(-1)
  if (!exchange || isSuccess(exchange)) return
  throw new UpstreamRefuses(refusedIn(exchange, exchange.operation ?? first.name))
}

async function askProbe({ catalogue }: Asking, probe: Probe, errand: Errand): Promise<ProbeAsked> {
  const calls = new Map<string, readonly number[]>()
  try {
    for (const need of probe.needs ?? []) await meet(catalogue, need, errand)
    for (const step of probe.steps) calls.set(step.name, await errand.take(step))
    return { probe, calls, reason: undefined }
  } catch (error) {
    if (!(error instanceof StepImpossible || error instanceof BudgetSpent)) throw error
    return { probe, calls, reason: error.message }
  }
}

/** Finds or makes what a probe works with, unless it is there from another one. */
async function meet(catalogue: Catalogue, need: Need, errand: Errand): Promise<void> {
  if (errand.names.has(need)) return
  if (need === 'instance') throw new StepImpossible('no instance was lent to it: --instance')
  const { needs = [], steps } = catalogue.needs[need]
  for (const each of needs) await meet(catalogue, each, errand)
  for (const step of steps) await errand.take(step)
  if (!errand.names.has(need)) throw new StepImpossible(`there is no ${need} to be had`)
}

function refuseTag(tag: string, things: readonly Thing[]): void {
  if (things.length === 0) return
  const list = things.map(({ kind, id, name }) => `${kind} ${id} (${name})`).join(', ')
  const expected = 'remove them, or name another tag with --tag'
  throw new BadUsage([{ where: `--tag ${tag}`, reason: `there are things of it already: ${list}`, expected }])
}
