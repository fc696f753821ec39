import { expect, test } from 'vitest'
import { SNAPSHOT_STATES, VOLUME_ACTIVITIES } from '../../../src/core/model/resources.ts'
import { newVolume, startCore, storeOf } from '../fake-cloud.ts'

const HOUR = 3_600_000

/** A world in which a row ends in an hour, in whatever state it is. */
async function ending(set: (n: { readonly volume: number; readonly snapshot: number }, at: number) => string) {
  const core = startCore()
  const world = core.world('w')
  await world.ready()
  const rows = world.perform('plain', (cloud) => {
    const volume = cloud.createVolume({ ...newVolume, activity: 'idle' })
    const snapshot = cloud.startSnapshot(volume, { name: 's', expiresAt: null, detail: {} })
    return { volume: volume.n, snapshot: snapshot.n }
  })
  await world.advance({ by: HOUR })
  const { db, due } = storeOf(world)
  db.run(set(rows, world.now() + HOUR))
  due.lookUp()
  return { core, world }
}

const CASES: readonly (readonly [string, Parameters<typeof ending>[0]])[] = [
  ...VOLUME_ACTIVITIES.map(
    (activity) =>
      [
        `a volume that is ${activity}`,
        ({ volume }: { readonly volume: number }, at: number) =>
          `UPDATE volume SET activity = '${activity}', activity_ends_at = ${at} WHERE n = ${volume}`
      ] as const
  ),
  ...SNAPSHOT_STATES.map(
    (state) =>
      [
        `a snapshot that is ${state}`,
        ({ snapshot }: { readonly snapshot: number }, at: number) =>
          `UPDATE snapshot SET state = '${state}', state_ends_at = ${at} WHERE n = ${snapshot}`
      ] as const
  )
]

// Whatever a row says, time goes on past it, or this world stands still; it never turns in a circle.
test.for(CASES)('the end of %s comes once, or freezes its world', async ([, set]) => {
  const { core, world } = await ending(set)
  const other = core.world('other')
  const advanced = await world.advance({ by: 2 * HOUR }).then(
    () => true,
    () => false
  )
  expect(advanced).toBe(!world.isFrozen)
  if (advanced) expect(world.agenda(10).entries).toStrictEqual([])
  await other.advance({ by: HOUR })
  expect(core.worlds().map(({ id }) => id)).toStrictEqual(['w', 'other'])
  await core.close()
})
