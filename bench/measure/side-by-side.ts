import { send } from './load.ts'
import { type Program, startProgram } from './program.ts'
import type { Effort } from './result.ts'

/** A server, what is asked of it, and what is to be there first. */
export interface Contender {
  readonly args: readonly string[]
  call(port: number): Buffer
  prepare?(port: number): Promise<void>
}

/** What it cost and how fast it went, round by round. */
export interface Measured {
  readonly cpuUs: readonly number[]
  readonly perSecond: readonly number[]
}

/** Until everything is compiled. */
const WARM_UP = 4000

/** Calls of several servers, in turns, so that all meet the same weather. */
export async function sideBySide<N extends string>(
  contenders: Readonly<Record<N, Contender>>,
  { rounds, calls, quick }: Effort
): Promise<(name: N) => Measured> {
  const running: { name: string; contender: Contender; program: Program; cpuUs: number[]; perSecond: number[] }[] = []
  try {
    for (const [name, contender] of Object.entries<Contender>(contenders)) {
      const program = await startProgram(process.execPath, contender.args)
      running.push({ name, contender, program, cpuUs: [], perSecond: [] })
      await contender.prepare?.(program.port)
      await send(program.port, contender.call(program.port), quick ? 200 : WARM_UP)
    }
    for (let round = 0; round < rounds; round++) {
      for (const { contender, program, cpuUs, perSecond } of running) {
        const call = contender.call(program.port)
        const [before, begin] = [program.cpuUs(), performance.now()]
        await send(program.port, call, calls)
        cpuUs.push((program.cpuUs() - before) / calls)
        perSecond.push((calls * 1000) / (performance.now() - begin))
      }
    }
  } finally {
    await Promise.all(running.map(({ program }) => program.end()))
  }
  return (name) => {
    const found = running.find((each) => each.name === name)
    if (!found) throw new Error(`${name} did not run`)
    return found
  }
}
