import { expect, test } from 'vitest'
import type { Core } from '../../../src/core/model/core.ts'
import { EVENT_TYPES, type EventReader, type EventType, type Happening } from '../../../src/core/model/events.ts'
import { at, dailyWorld, entry, newPolicy, newVolume, startCore } from '../fake-cloud.ts'

const DAY = 86_400_000
const ALL = 2 ** 40

interface Listening {
  readonly world?: string
  readonly types?: readonly EventType[]
  readonly after?: string
}
function listen({ events }: Core, { world = 'w', types = EVENT_TYPES, after }: Listening = {}): EventReader {
  return events.read({ world, types: new Set(types), after, news: () => {}, ended: () => {} })
}
const taken = (reader: EventReader) =>
  reader.take(ALL).map((each) => ('missed' in each ? { missed: each.missed } : each.happening))
const typesIn = (happenings: readonly (Happening | { readonly missed: number | null })[]) =>
  happenings.map((each) => ('type' in each ? each.type : 'missed'))

test('what time does is told in its order, each thing at its own instant', async () => {
  const { core, world, ids } = await dailyWorld()
  world.changeSettings({ 'delays.plain.snapshotCreateMs': 60_000 })
  const reader = listen(core, { types: ['fired', 'created', 'completed', 'expired'] })
  await world.advance({ to: at('2026-01-06T08:00Z') })
  const about = { provider: 'plain', what: 'snapshot', subject: 'snapshot-3' } as const
  const [fired, done] = [at('2026-01-05T09:00Z'), at('2026-01-05T09:01Z')]
  const { volume, policy } = ids
  expect(taken(reader)).toEqual([
    { type: 'created', at: fired, ...about, state: 'creating', volume, policy },
    { type: 'fired', at: fired, provider: 'plain', what: 'policy', subject: policy, made: 1, skipped: {} },
    { type: 'completed', at: done, ...about, what: 'volume', subject: volume, was: 'snapshotting', state: 'idle' },
    { type: 'completed', at: done, ...about, was: 'creating', state: 'available' }
  ])
  await world.advance({ to: at('2026-02-04T09:00Z') })
  expect(taken(reader).filter((each) => 'subject' in each && each.subject === 'snapshot-3')).toEqual([
    { type: 'expired', at: at('2026-02-04T09:00Z'), ...about, volume }
  ])
})

test('a volume that a firing passes over is told with the reason', async () => {
  const { core, world, ids } = await dailyWorld()
  world.changeSettings({ 'delays.plain.resizeMs': DAY })
  world.perform('plain', (cloud) => {
    const volume = cloud.findVolume(ids.volume)
    if (volume) cloud.resizeVolume(volume, { sizeGiB: 40 })
  })
  const reader = listen(core, { types: ['skipped', 'fired'] })
  await world.advance({ to: at('2026-01-05T10:00:00Z') })
  const reason = 'volume-resizing'
  expect(taken(reader)).toMatchObject([
    { type: 'skipped', what: 'volume', subject: ids.volume, policy: ids.policy, reason },
    { type: 'fired', made: 0, skipped: { [reason]: 1 } }
  ])
})

test('what a call makes is told once it is committed, and never if it is undone', async () => {
  const { core, world } = await dailyWorld()
  const reader = listen(core, { types: ['created'] })
  const refused = () =>
    world.perform('plain', (cloud) => {
      cloud.createVolume(newVolume)
      throw new Error('refused')
    })
  expect(refused).toThrow('refused')
  expect(taken(reader)).toEqual([])
  const made = world.perform('plain', (cloud) => {
    const volume = cloud.createVolume(newVolume)
    cloud.startSnapshot(volume, { name: 'm', expiresAt: null, detail: {} })
    cloud.createPolicy(newPolicy)
    expect(taken(reader)).toEqual([])
    return volume
  })
  expect(taken(reader)).toMatchObject([
    { what: 'volume', subject: made.id, state: 'idle' },
    { what: 'snapshot', volume: made.id, state: 'available' },
    { what: 'policy' }
  ])
})

test('the clock tells of being set, of an advance and of its end', async () => {
  const { core, world } = await dailyWorld()
  const reader = listen(core, { types: ['clock'] })
  await world.setClock({ mode: 'manual', now: at('2026-01-05T08:30Z') })
  await world.advance({ by: DAY })
  const told = taken(reader)
  expect(told[0]).toEqual({ type: 'clock', at: at('2026-01-05T08:30Z'), mode: 'manual', now: at('2026-01-05T08:30Z') })
  expect(told.at(-1)).toMatchObject({ now: at('2026-01-06T08:30Z') })
  expect(told.at(-1)).not.toHaveProperty('advancing')
})

test('a world that has another state says so, and why', async () => {
  const { core, world } = await dailyWorld()
  const reader = listen(core, { types: ['replaced'] })
  await world.saveCheckpoint('before')
  await world.reset()
  world.restoreCheckpoint('before')
  core.fork('w', 'before', 'w')
  await core.plantState('w', () => [], {})
  await core.forget('w')
  expect(taken(reader).map((each) => 'why' in each && [each.why, each.checkpoint])).toEqual([
    ['reset', undefined],
    ['restored', 'before'],
    ['forked', undefined],
    ['imported', undefined],
    ['deleted', undefined]
  ])
})

test('a reader is told of his own world, and with * of all, under the same ids', () => {
  const core = startCore()
  const [one, all] = [listen(core, { world: 'one' }), listen(core, { world: '*' })]
  for (const id of ['one', 'other']) core.world(id).perform('plain', (cloud) => cloud.createVolume(newVolume))
  core.journals.own.add(entry(1))
  const told = all.take(ALL)
  expect(told.map((each) => 'world' in each && each.world)).toEqual(['one', 'other', null])
  expect(one.take(ALL)).toEqual(told.slice(0, 1))
})

test('a call is told as its journal entry without what is long', () => {
  const core = startCore()
  const reader = listen(core)
  const long = 'x'.repeat(5000)
  const refusal = { hint: long, rule: 'a rule', canonicalRequest: long, stringToSign: long }
  core.journals.of('w').add(entry(7, { world: 'w', url: `/${long}`, request: long, response: long, refusal }))
  const [told] = taken(reader)
  expect(told).toMatchObject({ type: 'request', id: 'call-7', at: 7, refusal: { rule: 'a rule' } })
  expect(JSON.stringify(told).length).toBeLessThan(3000)
})

test('nothing is put together while nobody listens, and a type that nobody asked for is not kept', async () => {
  const core = startCore()
  const { wants } = core.events.teller('w')
  expect(EVENT_TYPES.filter(wants)).toEqual([])
  listen(core, { types: ['fired'] })
  listen(core, { world: '*', types: ['clock'] })
  expect(EVENT_TYPES.filter(wants)).toEqual(['fired', 'clock'])
})

const tell = ({ events }: Core, count: number, type: 'fault' | 'clock' = 'fault') => {
  const happening: Happening =
    type === 'fault'
      ? { type, at: 0, provider: 'plain', operation: 'Create', request: 'r', fault: 'f', outcome: 'error' }
      : { type, at: 0, mode: 'manual', now: 0 }
  for (let n = 0; n < count; n++) events.teller('w').tell([happening])
}

test('a reader who is slow is told how many of what he asked for are gone, and goes on', () => {
  const core = startCore()
  const [slow, quick] = [listen(core, { types: ['fault'] }), listen(core)]
  tell(core, 3)
  expect(typesIn(taken(slow))).toEqual(['fault', 'fault', 'fault'])
  tell(core, 6000)
  tell(core, 6000, 'clock')
  const [missed, ...rest] = taken(slow)
  expect(missed).toMatchObject({ missed: expect.any(Number) })
  expect(missed && 'missed' in missed && Number(missed.missed) + rest.length).toBe(6000)
  expect(rest.length).toBeGreaterThan(1000)
  tell(core, 1)
  expect(typesIn(taken(slow))).toEqual(['fault'])
  expect(taken(quick)[0]).toMatchObject({ missed: expect.any(Number) })
})

test('who comes back with the last id he knows goes on from there', () => {
  const core = startCore()
  const first = listen(core)
  tell(core, 5)
  const ids = first.take(ALL).flatMap((each) => ('id' in each ? each.id : []))
  first.close()
  tell(core, 2)
  const after = ids[2] ?? ''
  const again = listen(core, { after })
  expect(again.beginsAt).toBe(after)
  const rest = again.take(ALL).flatMap((each) => ('id' in each ? each.id : ['missed']))
  expect(rest.slice(0, 2)).toEqual(ids.slice(3))
  expect(rest).toHaveLength(4)
  // From before its first event, too.
  expect(typesIn(taken(listen(core, { after: first.beginsAt })))).toHaveLength(7)
})

test.for([
  ['of another start', () => 'k1-3'],
  ['of another start that begins alike', ({ beginsAt }: EventReader) => `${beginsAt.slice(1)}`],
  ['that is yet to come', ({ beginsAt }: EventReader) => beginsAt.replace(/\d+$/, '99')]
] as const)('an id %s tells of a gap of unknown size', ([, id]) => {
  const core = startCore()
  const first = listen(core)
  tell(core, 2)
  const reader = listen(core, { after: id(first) })
  tell(core, 1)
  expect(taken(reader)).toEqual([{ missed: null }, expect.objectContaining({ type: 'fault' })])
})

test('who comes back for other types than were kept is told of the gap', () => {
  const core = startCore()
  const first = listen(core, { types: ['fault'] })
  tell(core, 2)
  expect(taken(listen(core, { types: ['fault', 'clock'], after: first.beginsAt }))[0]).toEqual({ missed: null })
})

test('readers that never read do not make memory grow', () => {
  const core = startCore()
  for (let n = 0; n < 50; n++) listen(core, { world: n % 2 ? 'w' : `w${n}` })
  tell(core, 100_000)
  // Each of these is a reader of his own, who gets no more than what is kept.
  const kept = listen(core, { after: `${listen(core).beginsAt.split('-')[0]}-0` })
  expect(typesIn(taken(kept)).length).toBeLessThan(10_000)
})

test('who reads when the server ends is told so', () => {
  const core = startCore()
  const ended: string[] = []
  const reading = { types: new Set(EVENT_TYPES), news: () => {} }
  core.events.read({ ...reading, world: 'w', ended: () => ended.push('w') })
  core.events.read({ ...reading, world: '*', ended: () => ended.push('*') })
  core.stop()
  expect(ended).toEqual(['w', '*'])
})
