import { createHash } from 'node:crypto'
import { assert } from '../model/assert.ts'
import type { Cloud } from '../model/cloud.ts'
import { merged } from '../model/patch.ts'
import type { Volume } from '../model/resources.ts'
import type { StoredVolume, VolumePatch } from '../store/volumes.ts'
import { bind, storedVolume, unbind } from './binding.ts'
import { beginActivity } from './lifecycle.ts'
import type { Scope } from './scope.ts'
import { tellCreated } from './telling.ts'

type VolumeVerbs = Pick<
  Cloud,
  | 'findVolume'
  | 'volumeOf'
  | 'pageOfVolumes'
  | 'volumesFrom'
  | 'createVolume'
  | 'changeVolume'
  | 'attachVolume'
  | 'detachVolume'
  | 'freeVolume'
  | 'resizeVolume'
  | 'chargeVolume'
  | 'recycleVolume'
  | 'restoreVolume'
  | 'releaseVolume'
  | 'contentOf'
  | 'writeContent'
>

function presentVolume(scope: Scope, volume: Volume): StoredVolume {
  const stored = storedVolume(scope, volume)
  assert(stored.goneAt === null, `volume ${volume.id} is gone`)
  return stored
}

export function volumeVerbs(scope: Scope): VolumeVerbs {
  const { provider, store } = scope
  const { volumes } = store
  const write = (volume: StoredVolume, patch: VolumePatch) => {
    scope.touch(scope.now())
    return volumes.update(volume, patch)
  }

  return {
    findVolume: (id) => volumes.byId(provider, id),
    volumeOf: (n) => volumes.byN(n),
    pageOfVolumes: (filter, window) => volumes.page(provider, filter, window),
    volumesFrom: (filter, window) => volumes.from(provider, filter, window),

    createVolume(volume) {
      const n = scope.nextN()
      const createdAt = volume.createdAt ?? scope.now()
      const attachTo = volume.attachTo
      const delayMs = volume.activity === undefined ? scope.delayMs('diskCreate') : 0
      const fails = volume.activity === undefined && scope.fails()
      const hasFailed = fails && delayMs === 0
      const creating = volume.activity === undefined && !hasFailed && (delayMs > 0 || attachTo !== undefined)
      const row: StoredVolume = {
        n,
        provider,
        id: volume.id ?? scope.newId('volume', n),
        name: volume.name,
        zone: volume.zone,
        kind: volume.kind,
        group: volume.group,
        sizeGiB: volume.sizeGiB,
        createdAt,
        instanceN: hasFailed ? null : (volume.instanceN ?? null),
        activity: volume.activity ?? (creating ? 'creating' : hasFailed ? 'failed' : 'idle'),
        activityEndsAt: creating && delayMs > 0 ? scope.now() + delayMs : (volume.activityEndsAt ?? null),
        pending: attachTo === undefined || hasFailed ? null : { instanceN: attachTo },
        fails,
        policyN: null,
        manualCount: 0,
        autoCount: 0,
        contentHash: volume.contentHash ?? null,
        goneAt: null,
        detail: volume.detail
      }
      volumes.insert(row)
      scope.touch(createdAt)
      let made = row
      if (volume.policyN !== undefined) {
        const policy = store.policies.byN(volume.policyN)
        assert(policy && policy.goneAt === null, `policy ${volume.policyN} is not here`)
        made = bind(scope, policy.n, made)
      }
      if (creating && delayMs === 0 && attachTo !== undefined) {
        made = volumes.update(made, { activity: 'idle', pending: null })
        made = beginActivity(scope, made, 'attaching', { instanceN: attachTo })
      }
      tellCreated(scope, 'volume', { id: made.id, state: made.activity })
      return made
    },

    changeVolume(volume, change) {
      const stored = storedVolume(scope, volume)
      const { detail, ...columns } = change
      return write(stored, { ...columns, detail: detail && merged(stored.detail, detail) })
    },

    attachVolume(volume, instance) {
      const stored = presentVolume(scope, volume)
      assert(stored.instanceN === null, `volume ${volume.id} is attached`)
      return beginActivity(scope, stored, 'attaching', { instanceN: instance.n })
    },

    detachVolume(volume, to) {
      const stored = presentVolume(scope, volume)
      assert(stored.instanceN !== null, `volume ${volume.id} is not attached`)
      return beginActivity(scope, stored, 'detaching', { pending: to ? { instanceN: to.n } : null })
    },

    freeVolume(volume) {
      const stored = presentVolume(scope, volume)
      const { instanceN: _instanceN, ...pending } = stored.pending ?? {}
      const moving = stored.activity === 'attaching' || stored.activity === 'detaching'
      return write(stored, {
        instanceN: null,
        pending: Object.values(pending).some((value) => value !== undefined) ? pending : null,
        activity: moving ? 'idle' : undefined,
        activityEndsAt: moving ? null : undefined
      })
    },

    resizeVolume: (volume, pending) => beginActivity(scope, presentVolume(scope, volume), 'resizing', { pending }),
    chargeVolume: (volume, pending) => beginActivity(scope, presentVolume(scope, volume), 'charging', { pending }),

    recycleVolume(volume) {
      const stored = presentVolume(scope, volume)
      assert(stored.instanceN === null, `volume ${volume.id} is attached`)
      return beginActivity(scope, unbind(scope, stored), 'recycling')
    },

    contentOf: ({ contentHash }) => (contentHash === null ? '' : (store.contents.text(contentHash) ?? '')),
    writeContent(volume, text) {
      const hash = createHash('sha256').update(text).digest('hex')
      if (text !== '') store.contents.put(hash, text)
      write(presentVolume(scope, volume), { contentHash: text === '' ? null : hash })
    },

    restoreVolume(volume) {
      const stored = presentVolume(scope, volume)
      assert(stored.activity === 'recycled', `volume ${volume.id} is ${stored.activity}`)
      return write(stored, { activity: 'idle', activityEndsAt: null })
    },

    releaseVolume(volume) {
      beginActivity(scope, unbind(scope, presentVolume(scope, volume)), 'releasing')
    }
  }
}
