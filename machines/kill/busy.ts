import { type Client, jsonIn } from '../server/client.ts'
import type { Load } from './keeper.ts'
import type { Found } from './picture.ts'

const DISK = '1700000000000000102'
/** A world with more is begun anew: it is read after every kill. */
const MOST_SNAPSHOTS = 1500

/** A world that many clients use at once, in which policies fire while the clock is moved in long strides. */
export interface Busy {
  readonly world: string
  /** Goes on until it is over, or a connection breaks: one client creates, another moves the clock. */
  work(creator: Client, mover: Client, load: Load): Promise<void>
  judge(found: Found): string | undefined
}

export function createBusy(world: string): Busy {
  const acknowledged = new Set<string>()
  let clock = ''
  let isBegun = false
  let names = 0

  const begin = async (client: Client): Promise<void> => {
    // It may be there, from a time before: what was acknowledged then was checked.
    await client.control('POST', `/reset?world=${world}`)
    acknowledged.clear()
    clock = ''
    const policy = { zoneId: 'asia-east-1a', autoSnapshotPolicyName: 'often', retentionDays: 1 }
    const when = { repeatWeekDays: [1, 2, 3, 4, 5, 6, 7], hours: [0, 3, 6, 9, 12, 15, 18, 21] }
    const made = await client.zenlayer(world, 'CreateAutoSnapshotPolicy', { ...policy, ...when })
    const autoSnapshotPolicyId = Reflect.get(made, 'autoSnapshotPolicyId')
    await client.zenlayer(world, 'ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [DISK] })
    isBegun = true
  }
  return {
    world,
    async work(creator, mover, load) {
      if (!isBegun || acknowledged.size > MOST_SNAPSHOTS) {
        isBegun = false
        await begin(creator)
      }
      const create = async () => {
        while (!load.isOver) {
          const body = { diskId: DISK, snapshotName: `busy-${++names}` }
          const made = await creator.zenlayer(world, 'CreateSnapshot', body)
          acknowledged.add(`zenlayer ${Reflect.get(made, 'snapshotId')}`)
          load.acknowledged++
        }
      }
      const move = async () => {
        while (!load.isOver) {
          const report = jsonIn(await mover.control('POST', `/clock/advance?world=${world}`, { by: 'P9D' }))
          clock = String(Reflect.get(report, 'to'))
          load.acknowledged++
        }
      }
      await Promise.all([create(), move()])
    },
    judge({ picture }) {
      if (!isBegun) return undefined
      if (!picture) return `world ${world} is gone`
      const lost = [...acknowledged].filter((id) => !(id in picture.snapshots))
      if (lost.length > 0) return `world ${world} has lost ${lost.length} acknowledged snapshots: ${lost.slice(0, 5)}`
      return picture.now < clock
        ? `world ${world}: its clock says ${picture.now}, acknowledged was ${clock}`
        : undefined
    }
  }
}
