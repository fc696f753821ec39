import type { FaultRule } from '../model/fault-form.ts'
import { isSwitched, type ServerFaults, type ServerRule } from '../model/faults.ts'
import type { FaultRows } from '../store/register.ts'
import { checkRoom } from '../verbs/faults.ts'

/** The rules that hold in every world, kept in the folder's register, if there is one. */
export interface KeptServerFaults extends ServerFaults {
  rules(): readonly ServerRule[]
  /** A world was met. */
  note(id: string, acted: boolean): void
}

interface Sums {
  met: number
  acted: number
}

export function createServerFaults(rows: FaultRows = memoryRows()): KeptServerFaults {
  let rules = rows.all()
  /** Since the server started. */
  const sums = new Map<string, Sums>()
  const sumsOf = (id: string) => {
    const known = sums.get(id) ?? { met: 0, acted: 0 }
    sums.set(id, known)
    return known
  }
  return {
    rules: () => rules,
    note(id, acted) {
      const known = sumsOf(id)
      known.met++
      if (acted) known.acted++
    },
    all: () => rules.map(({ rule }) => ({ rule, met: 0, acted: 0, ...sums.get(rule.id) })),
    put(rule: FaultRule) {
      const before = rules.find((each) => each.rule.id === rule.id)
      checkRoom(rule, before ? rules.length - 1 : rules.length)
      const isOnlySwitched = before !== undefined && isSwitched(before.rule, rule)
      rows.put(rule, isOnlySwitched)
      if (!isOnlySwitched) sums.delete(rule.id)
      rules = rows.all()
    },
    drop(id) {
      if (!rules.some(({ rule }) => rule.id === id)) return false
      rows.drop(id)
      sums.delete(id)
      rules = rows.all()
      return true
    },
    clear() {
      for (const { rule } of rules) rows.drop(rule.id)
      sums.clear()
      rules = rows.all()
    }
  }
}

function memoryRows(): FaultRows {
  const rules = new Map<string, ServerRule>()
  let latest = 0
  return {
    all: () => [...rules.values()],
    put(rule, isOnlySwitched) {
      const made = isOnlySwitched ? (rules.get(rule.id)?.made ?? latest) : ++latest
      // One that is replaced keeps its place.
      rules.set(rule.id, { made, rule })
    },
    drop: (id) => {
      rules.delete(id)
    }
  }
}
