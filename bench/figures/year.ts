import { beside, type Figure } from '../measure/result.ts'
import { bareYear, ourYear, rowsOfTheYear } from '../year.ts'

export const year: Figure = {
  name: 'year',
  about: 'a virtual year: 36,500 snapshots made, 33,500 expired',
  async run({ rounds, quick }) {
    const rows = await rowsOfTheYear()
    const [ours, others]: [number[], number[]] = [[], []]
    // The first is compiled meanwhile.
    for (let round = -1; round < (quick ? 1 : Math.min(rounds, 5)); round++) {
      const other = bareYear(rows)
      const own = await ourYear()
      if (round < 0) continue
      others.push(other)
      ours.push(own)
    }
    const line = { name: 'year', what: 'a year of 100 disks, daily', unit: 'ms', goal: 1.4 } as const
    return { results: [beside(line, ours, 'bare better-sqlite3, the same rows and indexes', others)] }
  }
}
