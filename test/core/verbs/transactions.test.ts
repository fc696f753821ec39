import { expect, test } from 'vitest'
import { TokenMismatch } from '../../../src/core/model/world.ts'
import { dailyWorld, newVolume } from '../fake-cloud.ts'

const DAY = 86_400_000

test('a throw undoes everything that the call did', async () => {
  const { world, snapshots, ids } = await dailyWorld()
  const count = () => world.perform('plain', (cloud) => cloud.pageOfVolumes({}, { offset: 0, limit: 10 })).total
  const before = count()
  expect(() =>
    world.perform('plain', (cloud) => {
      cloud.createVolume(newVolume)
      const volume = cloud.findVolume(ids.volume)
      if (volume) cloud.startSnapshot(volume, { name: 'x', expiresAt: null, detail: {} })
      throw new Error('no')
    })
  ).toThrow('no')
  expect(count()).toBe(before)
  expect(snapshots().total).toBe(0)
})

test('a repeated token gets the first reply, another request is refused, and failures are not remembered', async () => {
  const { world } = await dailyWorld()
  const create = (request: string) =>
    world.perform('plain', (cloud) => ({ id: cloud.createVolume(newVolume).id }), { token: { token: 't', request } })
  expect(() =>
    world.perform(
      'plain',
      () => {
        throw new Error('first')
      },
      { token: { token: 't', request: 'a' } }
    )
  ).toThrow('first')
  const first = create('a')
  expect(create('a')).toEqual(first)
  expect(() => create('b')).toThrow(TokenMismatch)
  await world.advance({ by: DAY - 1 })
  expect(create('a')).toEqual(first)
  // Also one that is refused was received.
  expect(() => create('b')).toThrow(TokenMismatch)
  await world.advance({ by: DAY - 1 })
  expect(create('a')).toEqual(first)
  await world.advance({ by: DAY })
  expect(create('b')).not.toEqual(first)
})
