import { Type } from '@sinclair/typebox'
import { createCore } from '../../src/core/create-core.ts'
import { assert } from '../../src/core/model/assert.ts'
import type { Core, CoreOptions } from '../../src/core/model/core.ts'
import type { JournalEntry } from '../../src/core/model/journal.ts'
import { type Rules, type Setting, TRANSITIONS } from '../../src/core/model/rules.ts'
import type { World } from '../../src/core/model/world.ts'
import type { Store } from '../../src/core/store/store.ts'
import type { OpenWorld } from '../../src/core/worlds/world.ts'

/** A cloud with the fewest rules, for tests of the core alone: any volume at rest gets its snapshot. */
export const plainRules: Rules = {
  id: (kind, n) => `${kind}-${n}`,
  skip: (volume) => (volume.activity === 'idle' ? undefined : `volume-${volume.activity}`),
  automaticSnapshot: (policy, volume, at) => ({
    name: `auto-${volume.id}-${at}`,
    expiresAt: policy.retentionDays === null ? null : at + policy.retentionDays * 86_400_000,
    detail: {}
  }),
  atLimit: (volume, { setting }) => {
    const limit = setting('plain.limit')
    return typeof limit === 'number' && limit > 0 && volume.autoCount >= limit ? 'replace-oldest' : undefined
  },
  onExpiry: () => 'deleting',
  keepsSnapshots: ({ setting }) => setting('plain.keeps') === true,
  marksVolume: () => true,
  binMs: 86_400_000,
  settings: {
    'plain.limit': settingOf(0),
    'plain.keeps': settingOf(false),
    ...Object.fromEntries(TRANSITIONS.map((transition) => [`delays.plain.${transition}Ms`, settingOf(null)]))
  }
}

function settingOf(value: Setting['default']): Setting {
  return { default: value, form: Type.Any(), description: 'for tests', source: 'test' }
}

export function startCore(options: Partial<CoreOptions> = {}): Core {
  return createCore({
    rules: { plain: plainRules },
    plant: () => {},
    clock: { mode: 'manual', at: Date.UTC(2026, 0, 5, 8) },
    ...options
  })
}

export const at = (text: string) => Date.parse(text)

export const newVolume = { name: 'data', zone: 'z1', kind: 'data', group: 'g', sizeGiB: 20, detail: {} }
export const newPolicy = {
  name: 'daily',
  zone: 'z1',
  group: 'g',
  weekdays: [0, 1, 2, 3, 4, 5, 6],
  hours: [9],
  utcOffsetMinutes: 0,
  retentionDays: 30,
  detail: {}
}

/** A core with one world, in which a daily policy is bound to a volume. */
export async function dailyWorld(options = {}) {
  const core = startCore(options)
  const world = core.world('w')
  await world.ready()
  const ids = world.perform('plain', (cloud) => {
    const volume = cloud.createVolume(newVolume)
    const policy = cloud.createPolicy(newPolicy)
    cloud.bindVolume(policy, volume)
    return { volume: volume.id, policy: policy.id }
  })
  const snapshots = () => world.perform('plain', (cloud) => cloud.pageOfSnapshots({}, { offset: 0, limit: 1000 }))
  return { core, world, ids, snapshots }
}

/** A line of a journal. */
export function entry(n: number, more: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: `call-${n}`,
    world: null,
    provider: 'plain',
    operation: null,
    version: null,
    at: n,
    wallAt: n,
    durationMs: 0,
    method: 'GET',
    url: '/',
    status: 200,
    code: null,
    request: '',
    response: '',
    unused: [],
    resources: [],
    refusal: null,
    ...more
  }
}

/** The store behind a world: only tests look into it. */
export function storeOf(world: World): Store {
  assert('store' in world, 'this is no open world')
  const { store } = world as OpenWorld
  return store
}
