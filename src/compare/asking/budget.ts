import { BadUsage } from '../../documents/complaint.ts'

/** What may be spent on the other side. */
export interface Budget {
  readonly calls: number
  /** Disks that are asked for, one after another; not at a time. */
  readonly disks: number
  /** What they have together. */
  readonly gib: number
}

export const DEFAULT_BUDGET: Budget = { calls: 600, disks: 12, gib: 260 }
const EXPECTED = 'expected some of calls=600,disks=12,gib=260'

/** Reads `calls=…,disks=…,gib=…`; what is not named is as by default. Throws `BadUsage`. */
export function budgetIn(text: string | undefined): Budget {
  const budget = { ...DEFAULT_BUDGET }
  for (const part of text?.split(',') ?? []) {
    const [, name, number] = /^(calls|disks|gib)=(\d{1,6})$/.exec(part.trim()) ?? []
    if (name !== 'calls' && name !== 'disks' && name !== 'gib') {
      throw new BadUsage([{ where: '--budget', reason: `${JSON.stringify(part)} cannot be read`, expected: EXPECTED }])
    }
    budget[name] = Number(number)
  }
  return budget
}

/** More would be spent than may be: the call was not made. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent'
}

/** Calls that are kept for the end: to look for what is left, and to remove each thing. */
const FOR_THE_END = 24
const FOR_A_THING = 6

export interface Ledger {
  readonly spent: Budget
  /** Counts a call before it is made. Throws `BudgetSpent`, and then it must not be made. */
  spend(asked: { readonly disks: number; readonly gib: number }): void
  /** A thing was made that is to be removed. */
  made(): void
  /** From here on what was kept for the end may be spent. */
  end(): void
}

export function createLedger(budget: Budget): Ledger {
  const spent = { calls: 0, disks: 0, gib: 0 }
  let kept = FOR_THE_END
  return {
    spent,
    spend({ disks, gib }) {
      if (spent.calls + 1 + kept > budget.calls) {
        throw new BudgetSpent(`of ${budget.calls} calls ${spent.calls} are made, and ${kept} are kept for removing`)
      }
      if (spent.disks + disks > budget.disks) throw new BudgetSpent(`it would take more than ${budget.disks} disks`)
      if (spent.gib + gib > budget.gib) throw new BudgetSpent(`it would take more than ${budget.gib} GiB`)
      spent.calls++
      spent.disks += disks
      spent.gib += gib
    },
    made() {
      kept += FOR_A_THING
    },
    end() {
      kept = 0
    }
  }
}
