import { createHash } from 'node:crypto'
import { assert } from '../model/assert.ts'
import type { Cloud } from '../model/cloud.ts'
import type { Volume } from '../model/resources.ts'
import type { StoredVolume, VolumePatch } from '../store/volumes.ts'
import { bind, storedVolume, unbind } from './binding.ts'
import { beginActivity } from './lifecycle.ts'
import type { Hand } from './scope.ts'

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

function presentVolume(hand: Hand, volume: Volume): StoredVolume {
  const stored = storedVolume(hand, volume)
  assert(stored.goneAt === null, `volume ${volume.id} is gone`)
  return stored
}

export function volumeVerbs(hand: Hand): VolumeVerbs {
  const { provider, store } = hand
  const { volumes } = store
  const write = (volume: StoredVolume, patch: VolumePatch) => {
    hand.touch(hand.now())
    return volumes.update(volume, patch)
  }

  return {
    findVolume: (id) => volumes.byId(provider, id),
    volumeOf: (n) => volumes.byN(n),
    pageOfVolumes: (filter, window) => volumes.page(provider, filter, window),
    volumesFrom: (filter, window) => volumes.from(provider, filter, window),

    createVolume(volume) {
      const n = hand.nextN()
      const createdAt = volume.createdAt ?? hand.now()
      const attachTo = volume.attachTo
      const delayMs = volume.activity === undefined ? hand.delayMs('diskCreate') : 0
      const creating = volume.activity === undefined && (delayMs > 0 || attachTo !== undefined)
      const row: StoredVolume = {
        n,
        provider,
        id: volume.id ?? hand.newId('volume', n),
        name: volume.name,
        zone: volume.zone,
        kind: volume.kind,
        group: volume.group,
        sizeGiB: volume.sizeGiB,
        createdAt,
        instanceN: volume.instanceN ?? null,
        activity: volume.activity ?? (creating ? 'creating' : 'idle'),
        activityEndsAt: creating && delayMs > 0 ? hand.now() + delayMs : (volume.activityEndsAt ?? null),
        pending: attachTo === undefined ? null : { instanceN: attachTo },
        policyN: null,
        manualCount: 0,
        autoCount: 0,
        contentHash: volume.contentHash ?? null,
        goneAt: null,
        detail: volume.detail
      }
      volumes.insert(row)
      hand.touch(createdAt)
      let made = row
      if (volume.policyN !== undefined) {
        const policy = store.policies.byN(volume.policyN)
        assert(policy && policy.goneAt === null, `policy ${volume.policyN} is not here`)
        made = bind(hand, policy.n, made)
      }
      if (creating && delayMs === 0 && attachTo !== undefined) {
        made = volumes.update(made, { activity: 'idle', pending: null })
        made = beginActivity(hand, made, 'attaching', { instanceN: attachTo })
      }
      return made
    },

    changeVolume(volume, change) {
      const stored = storedVolume(hand, volume)
      const { detail, ...columns } = change
      return write(stored, { ...columns, ...(detail && { detail: { ...stored.detail, ...detail } }) })
    },

    attachVolume(volume, instance) {
      const stored = presentVolume(hand, volume)
      assert(stored.instanceN === null, `volume ${volume.id} is attached`)
      return beginActivity(hand, stored, 'attaching', { instanceN: instance.n })
    },

    detachVolume(volume, to) {
      const stored = presentVolume(hand, volume)
      assert(stored.instanceN !== null, `volume ${volume.id} is not attached`)
      return beginActivity(hand, stored, 'detaching', { pending: to ? { instanceN: to.n } : null })
    },

    freeVolume(volume) {
      const stored = presentVolume(hand, volume)
      const { instanceN: _instanceN, ...pending } = stored.pending ?? {}
      const moving = stored.activity === 'attaching' || stored.activity === 'detaching'
      return write(stored, {
        instanceN: null,
        pending: Object.keys(pending).length > 0 ? pending : null,
        ...(moving && { activity: 'idle', activityEndsAt: null })
      })
    },

    resizeVolume: (volume, pending) => beginActivity(hand, presentVolume(hand, volume), 'resizing', { pending }),
    chargeVolume: (volume, pending) => beginActivity(hand, presentVolume(hand, volume), 'charging', { pending }),

    recycleVolume(volume) {
      const stored = presentVolume(hand, volume)
      assert(stored.instanceN === null, `volume ${volume.id} is attached`)
      return beginActivity(hand, unbind(hand, stored), 'recycling')
    },

    contentOf(volume) {
      const { contentHash } = storedVolume(hand, volume)
      return contentHash === null ? '' : (store.contents.text(contentHash) ?? '')
    },
    writeContent(volume, text) {
      const hash = createHash('sha256').update(text).digest('hex')
      if (text !== '') store.contents.put(hash, text)
      write(presentVolume(hand, volume), { contentHash: text === '' ? null : hash })
    },

    restoreVolume(volume) {
      const stored = presentVolume(hand, volume)
      assert(stored.activity === 'recycled', `volume ${volume.id} is ${stored.activity}`)
      return write(stored, { activity: 'idle', activityEndsAt: null })
    },

    releaseVolume(volume) {
      beginActivity(hand, unbind(hand, presentVolume(hand, volume)), 'releasing')
    }
  }
}
