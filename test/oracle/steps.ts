import fc from 'fast-check'
import { DAY, HOUR } from './naive.ts'

/** One thing that is done to both worlds. Picks are natural numbers, taken modulo what there is. */
export type Step =
  | { readonly kind: 'call'; readonly cloud: 'zenlayer' | 'baidu'; readonly plan: number; readonly picks: number[] }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'next' }
  | { readonly kind: 'to-hour'; readonly hours: number }
  | { readonly kind: 'set'; readonly ms: number }
  | { readonly kind: 'setting'; readonly name: string; readonly value: string | number | boolean }

const transitions = [
  'snapshotCreate',
  'snapshotDelete',
  'rollback',
  'diskCreate',
  'attach',
  'detach',
  'resize'
] as const
const zenlayerTransitions = [...transitions, 'release', 'recycle'].map(
  (transition) => `delays.zenlayer.${transition}Ms`
)
const baiduTransitions = transitions
  .filter((transition) => transition !== 'snapshotDelete')
  .map((transition) => `delays.baidu.${transition}Ms`)
const delays = fc.constantFrom(0, 0, 300, HOUR, HOUR, 5 * HOUR, 30 * HOUR)

const setting: fc.Arbitrary<Step> = fc
  .oneof(
    fc.tuple(
      fc.constantFrom(
        ...zenlayerTransitions,
        ...baiduTransitions,
        ...transitions.map((transition) => `delays.${transition}Ms`)
      ),
      delays
    ),
    fc.tuple(fc.constant('zenlayer.snapshotQuota'), fc.constantFrom(0, 1, 3)),
    fc.tuple(
      fc.constantFrom(
        'zenlayer.recycleBin',
        'zenlayer.releaseKeepsSnapshots',
        'zenlayer.attachDuringSnapshot',
        'baidu.snapshotMarksVolume'
      ),
      fc.boolean()
    ),
    fc.tuple(fc.constant('baidu.utcOffset'), fc.constantFrom('+08:00', '+00:00', '-03:30', '+05:45')),
    fc.tuple(fc.constantFrom('baidu.autoSnapshotLimit', 'baidu.manualSnapshotLimit'), fc.constantFrom(0, 1, 2, 1024))
  )
  .map(([name, value]) => ({ kind: 'setting', name, value }))

const picks = fc.array(fc.nat(11), { minLength: 4, maxLength: 4 })
const call = (cloud: 'zenlayer' | 'baidu', plan: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc.record({ kind: fc.constant('call' as const), cloud: fc.constant(cloud), plan, picks })

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: call('zenlayer', fc.nat(15)) },
  { weight: 14, arbitrary: call('baidu', fc.nat(13)) },
  { weight: 3, arbitrary: setting },
  {
    weight: 5,
    arbitrary: fc
      .oneof(fc.integer({ min: 1, max: 10 * DAY }), fc.constantFrom(300, HOUR, 5 * HOUR, DAY, 30 * HOUR, 9 * DAY))
      .map((ms) => ({ kind: 'advance' as const, ms }))
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'next' as const }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 24 }).map((hours) => ({ kind: 'to-hour' as const, hours })) },
  { weight: 2, arbitrary: fc.integer({ min: -2 * DAY, max: 2 * DAY }).map((ms) => ({ kind: 'set' as const, ms })) }
)

/** Each history begins with a disk and a policy of each cloud, so that most of its steps meet something. */
export const beginning: readonly Step[] = (['zenlayer', 'baidu'] as const).flatMap((cloud): Step[] => [
  { kind: 'call', cloud, plan: 0, picks: [4, 1, 0, 0] },
  { kind: 'call', cloud, plan: 1, picks: [0, 3, 0, 2] },
  { kind: 'call', cloud, plan: 2, picks: [0, 0, 0, 0] }
])
/** What makes things meet: everything slow, or few snapshots allowed, or both. */
const slow = fc.constantFrom(HOUR, 5 * HOUR, 30 * HOUR).map((value): Step[] =>
  ['snapshotCreate', 'rollback', 'snapshotDelete', 'detach'].map((transition) => ({
    kind: 'setting',
    name: `delays.${transition}Ms`,
    value
  }))
)
const tight = fc.constantFrom(1, 2).map((value): Step[] => [
  { kind: 'setting', name: 'baidu.autoSnapshotLimit', value },
  { kind: 'setting', name: 'zenlayer.snapshotQuota', value: value + 1 }
])
export const start: fc.Arbitrary<Step[]> = fc
  .tuple(fc.option(slow, { nil: [] }), fc.option(tight, { nil: [] }), fc.array(setting, { maxLength: 2 }))
  .map((parts) => parts.flat())

export const histories: fc.Arbitrary<Step[]> = fc
  .tuple(start, fc.array(step, { minLength: 1, maxLength: 24, size: 'max' }))
  .map(([settings, steps]) => [...settings, ...beginning, ...steps])
