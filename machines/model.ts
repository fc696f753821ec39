/**
 * Commands of fast-check over the states of each cloud, with the clock among them, to the real server and to a naive one:
 *   npm run model -- --runs 1000 --seed 1
 * Each command goes through all of the server, by `inject`; what differs is told with the shortest commands that show it.
 * test/oracle/ has the naive worlds and the steps; its histories do the same without HTTP, a hundred times as fast.
 */
import fc from 'fast-check'
import { Differs, openPair, type Pair, STARTED_AT } from '../test/oracle/history.ts'
import { startReal } from '../test/oracle/real.ts'
import { beginning, type Step, start, step } from '../test/oracle/steps.ts'
import { conclude, flagsOf, progressOf } from './command.ts'
import { createCaller } from './model/caller.ts'

const LONGEST = 30

/** One step, as fast-check wants it. */
class Command implements fc.AsyncCommand<object, Pair> {
  private readonly step: Step
  constructor(step: Step) {
    this.step = step
  }
  /** Every step may be done at any time: a refusal is an answer, too. */
  check(): boolean {
    return true
  }
  async run(_model: object, pair: Pair): Promise<void> {
    await pair.step(this.step)
  }
  toString(): string {
    return JSON.stringify(this.step)
  }
}

const { runs, seed } = flagsOf({ runs: 200, seed: 1 })
const core = startReal(STARTED_AT)
const caller = createCaller(core)
const progress = progressOf(runs, 'runs')
let done = 0
let commands = 0

const commanded = fc.commands([step.map((one) => new Command(one))], { maxCommands: LONGEST, size: 'max' })
const property = fc.asyncProperty(start, commanded, async (settings, list) => {
  const pair = openPair(core, [], caller.call)
  try {
    for (const one of [...settings, ...beginning]) await pair.step(one)
    await fc.asyncModelRun(() => ({ model: {}, real: pair }), list)
    pair.compare()
  } finally {
    await pair.close()
    progress.tell(Math.min(++done, runs))
  }
  for (const _ of list) commands++
})
const result = await fc.check(property, { seed, numRuns: runs })
progress.end()
await caller.close()
await core.close()
if (result.failed) {
  const [settings = [], list = []] = result.counterexample ?? []
  const steps = [...settings.map((one) => JSON.stringify(one)), ...[...list].map(String)].map((line) => `  ${line}`)
  const error = result.errorInstance
  const told = error instanceof Differs ? error.message : error instanceof Error ? error.stack : String(error)
  process.stdout.write(
    `FOUND after ${result.numRuns} runs, shrunk ${result.numShrinks} times:\n${steps.join('\n')}\n${told}\n`
  )
}
const states = [...caller.states].toSorted()
process.stdout.write(`states: ${states.join(', ')}\n`)
const figures = `${runs} runs, seed ${seed}; ${commands} commands, ${caller.calls()} calls, ${states.length} states seen`
conclude(`model: ${figures}`, result.failed ? 1 : 0)
