import {
  DAY,
  field,
  type NaiveCloud,
  type NaivePolicy,
  type NaiveWorld,
  type Occurrence,
  type Plan,
  type Timed,
  text
} from './naive.ts'

export const ZONE = 'cn-bj-a'
export const INSTANCES = ['i-Histor01', 'i-Histor02']

interface Volume extends Timed {
  readonly id: string
  size: number
  status: string
  instance: string | null
  policy: NaivePolicy | null
  boundAt: number
}
interface Snapshot extends Timed {
  id: string | null
  name: string
  readonly volume: Volume
  readonly method: 'auto' | 'MANUAL'
  status: string
  /** A snapshot that is rolled back to shows as Available, but is busy. */
  busy: boolean
  readonly createdAt: number
  expireAt: number | null
}

/** Baidu as baidu.md 5 and 6 have it. */
export class NaiveBaidu implements NaiveCloud {
  readonly volumes: Volume[] = []
  snapshots: Snapshot[] = []
  readonly all: NaivePolicy[] = []
  private readonly world: NaiveWorld

  constructor(world: NaiveWorld) {
    this.world = world
    world.clouds.push(this)
  }

  timed(): Timed[] {
    return [...this.volumes, ...this.snapshots]
  }
  policies(): NaivePolicy[] {
    return this.all
  }
  firesOn(policy: NaivePolicy, weekday: number): boolean {
    return policy.weekdays.includes(weekday)
  }
  hasDisks(policy: NaivePolicy, at: number): boolean {
    return this.volumes.some((volume) => volume.policy === policy && volume.boundAt < at)
  }
  private isFree(snapshot: Snapshot): boolean {
    return snapshot.status === 'Available' && !snapshot.busy
  }
  expiries(): number[] {
    return this.snapshots.flatMap((it) => (this.isFree(it) && it.expireAt !== null ? [it.expireAt] : []))
  }
  expire(at: number): number {
    const over = this.snapshots.filter((it) => this.isFree(it) && it.expireAt !== null && it.expireAt <= at)
    for (const it of over) this.drop(it)
    return over.length
  }
  fire(policy: NaivePolicy, at: number): Occurrence {
    const made: Snapshot[] = []
    const skipped: Record<string, string[]> = {}
    const pass = (volume: Volume, reason: string) => {
      skipped[reason] = [...(skipped[reason] ?? []), volume.id]
    }
    const limit = Number(this.world.settings['baidu.autoSnapshotLimit'] ?? 1024)
    for (const volume of this.volumes.filter((it) => it.policy === policy && it.boundAt < at)) {
      if (volume.status !== 'InUse') {
        pass(volume, 'volume-not-in-use')
        continue
      }
      const own = this.snapshots.filter((it) => it.volume === volume && it.method === 'auto')
      if (own.length >= limit) {
        // One that is busy can't go: then the next oldest does. Where none is allowed, none is made.
        const oldest = limit === 0 ? undefined : own.find((it) => this.isFree(it))
        if (!oldest) {
          pass(volume, 'quota')
          continue
        }
        this.drop(oldest)
      }
      const stamp = text(at + policy.offsetMinutes * 60_000).replaceAll(/\D/g, '')
      const expireAt = policy.retentionDays === -1 ? null : at + policy.retentionDays * DAY
      made.push(this.snapshot(volume, `auto_${policy.name.slice(0, 45)}_${stamp}`, 'auto', expireAt))
    }
    return { at, made, skipped }
  }

  private snapshot(volume: Volume, name: string, method: 'auto' | 'MANUAL', expireAt: number | null): Snapshot {
    const made: Snapshot = {
      order: this.world.nextOrder(),
      gone: false,
      endsAt: null,
      ended: () => {},
      id: null,
      name,
      volume,
      method,
      status: 'Creating',
      busy: false,
      createdAt: this.world.now,
      expireAt
    }
    this.snapshots.push(made)
    const ms = this.world.delay('baidu.snapshotCreate')
    if (this.world.settings['baidu.snapshotMarksVolume'] === true) {
      volume.status = 'SnapshotProcessing'
      this.world.begin(volume, ms, () => this.rest(volume))
    }
    this.world.begin(made, ms, () => {
      made.status = 'Available'
    })
    return made
  }
  private rest(volume: Volume): void {
    volume.status = volume.instance === null ? 'Available' : 'InUse'
  }
  private drop(snapshot: Snapshot): void {
    snapshot.gone = true
    this.snapshots = this.snapshots.filter((it) => it !== snapshot)
  }
  private attach(volume: Volume, instance: string): void {
    volume.instance = instance
    volume.status = 'Attaching'
    this.world.begin(volume, this.world.delay('baidu.attach'), () => this.rest(volume))
  }
  private isFound(volume: Volume | undefined): volume is Volume {
    return volume !== undefined && !volume.gone && volume.status !== 'Recycled'
  }

  private volume(pick: number): Volume | undefined {
    return this.volumes[pick % (this.volumes.length + 1)]
  }
  private snapshotAt(pick: number): Snapshot | undefined {
    return this.snapshots[pick % (this.snapshots.length + 1)]
  }
  private policy(pick: number): NaivePolicy | undefined {
    return this.all[pick % (this.all.length + 1)]
  }
  private offsetMinutes(): number {
    const word = String(this.world.settings['baidu.utcOffset'] ?? '+08:00')
    const minutes = Number(word.slice(1, 3)) * 60 + Number(word.slice(4))
    return word.startsWith('-') ? -minutes : minutes
  }

  readonly plans: readonly ((...picks: number[]) => Plan)[] = [
    (onInstance, policyPick) => {
      const instance = onInstance % 3 === 0 ? null : (INSTANCES[onInstance % 2] ?? null)
      const policy = policyPick % 3 === 0 ? this.policy(policyPick) : undefined
      return {
        operation: 'CreateVolume',
        body: {
          cdsSizeInGB: 20,
          zoneName: ZONE,
          ...(instance && { instanceId: instance }),
          ...(policy && { autoSnapshotPolicy: { autoSnapshotPolicyId: policy.id } })
        },
        refusal: policy?.gone ? 'NoSuchObject' : undefined,
        apply: (reply) => {
          const ids = field(reply, 'volumeIds')
          const volume: Volume = {
            order: this.world.nextOrder(),
            gone: false,
            endsAt: null,
            ended: () => {},
            id: Array.isArray(ids) ? String(ids[0]) : '',
            size: 20,
            status: 'Creating',
            instance: null,
            policy: policy ?? null,
            boundAt: this.world.now
          }
          this.volumes.push(volume)
          this.world.begin(volume, this.world.delay('baidu.diskCreate'), () => {
            if (instance === null) this.rest(volume)
            else this.attach(volume, instance)
          })
        }
      }
    },
    (which, hours, days, kept) => {
      const weekdays = [[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6], [0], [1, 3, 5]][days % 4] ?? [2]
      const times = [[0], [7], [0, 23], [8, 9, 10], [17]][hours % 5] ?? [1]
      const retentionDays = [-1, 1, 2, 7][kept % 4] ?? -1
      return {
        operation: 'CreateAsp',
        body: { name: `asp-${which % 3}`, timePoints: times, repeatWeekdays: weekdays, retentionDays },
        refusal: undefined,
        apply: (reply) => {
          this.all.push({
            order: this.world.nextOrder(),
            id: String(field(reply, 'aspId')),
            name: `asp-${which % 3}`,
            weekdays,
            hours: times,
            offsetMinutes: this.offsetMinutes(),
            retentionDays,
            after: this.world.now,
            gone: false,
            occurrences: []
          })
        }
      }
    },
    (pick, volumePick) => {
      const policy = this.policy(pick)
      const volume = this.volume(volumePick)
      return {
        operation: 'AttachAsp',
        params: { aspId: policy?.id ?? 'none' },
        body: { volumeIds: [volume?.id ?? 'none'] },
        refusal:
          !policy || policy.gone || !this.isFound(volume)
            ? 'NoSuchObject'
            : volume.status !== 'InUse'
              ? 'Asp.VolumeStatusInvalid'
              : undefined,
        apply: () => {
          if (!volume || !policy || volume.policy === policy) return
          volume.policy = policy
          volume.boundAt = this.world.now
        }
      }
    },
    (pick, volumePick) => {
      const policy = this.policy(pick)
      const volume = this.volume(volumePick)
      return {
        operation: 'DetachAsp',
        params: { aspId: policy?.id ?? 'none' },
        body: { volumeIds: [volume?.id ?? 'none'] },
        refusal: !policy || policy.gone ? 'NoSuchObject' : undefined,
        apply: () => {
          if (volume && policy && volume.policy === policy) volume.policy = null
        }
      }
    },
    (pick, hours, kept) => {
      const policy = this.policy(pick)
      const times = [[1], [9, 10], [0, 6, 12, 18]][hours % 3] ?? [1]
      const retentionDays = [-1, 1, 3][kept % 3] ?? -1
      return {
        operation: 'UpdateAsp',
        body: { aspId: policy?.id ?? 'none', timePoints: times, retentionDays },
        refusal: !policy || policy.gone ? 'NoSuchObject' : undefined,
        apply: () => {
          if (!policy) return
          Object.assign(policy, { hours: times, retentionDays, after: this.world.now })
          policy.offsetMinutes = this.offsetMinutes()
        }
      }
    },
    (pick) => {
      const policy = this.policy(pick)
      return {
        operation: 'DeleteAsp',
        params: { aspId: policy?.id ?? 'none' },
        refusal: !policy || policy.gone ? 'NoSuchObject' : undefined,
        apply: () => {
          if (policy) policy.gone = true
          for (const volume of this.volumes) if (volume.policy === policy) volume.policy = null
        }
      }
    },
    (pick, days) => {
      const volume = this.volume(pick)
      const retention = [undefined, 1, 2, 5][days % 4]
      const limit = Number(this.world.settings['baidu.manualSnapshotLimit'] ?? 512)
      const isFull = () => this.snapshots.filter((it) => it.volume === volume && it.method === 'MANUAL').length >= limit
      return {
        operation: 'CreateSnapshot',
        body: {
          volumeId: volume?.id ?? 'none',
          snapshotName: 'by-hand',
          ...(retention !== undefined && { retentionInDays: retention })
        },
        refusal: !this.isFound(volume)
          ? 'NoSuchObject'
          : volume.status !== 'Available' && volume.status !== 'InUse'
            ? 'OperationDenied'
            : isFull()
              ? 'Instance.SnapshotLimitExceeded'
              : undefined,
        apply: (reply) => {
          if (!volume) return
          const expireAt = retention === undefined ? null : this.world.now + retention * DAY
          this.snapshot(volume, 'by-hand', 'MANUAL', expireAt).id = String(field(reply, 'snapshotId'))
        }
      }
    },
    (pick) => {
      const snapshot = this.snapshotAt(pick)
      return {
        operation: 'DeleteSnapshot',
        params: { snapshotId: snapshot?.id ?? 'none' },
        refusal: !snapshot ? 'NoSuchObject' : !this.isFree(snapshot) ? 'SnapshotOperationForbidden' : undefined,
        apply: () => {
          if (snapshot) this.drop(snapshot)
        }
      }
    },
    (pick, volumePick) => {
      const snapshot = this.snapshotAt(pick)
      const volume = volumePick % 4 === 0 ? this.volume(volumePick) : snapshot?.volume
      return {
        operation: 'RollbackVolume',
        params: { volumeId: volume?.id ?? 'none' },
        body: { snapshotId: snapshot?.id ?? 'none' },
        refusal:
          !this.isFound(volume) || !snapshot || snapshot.volume !== volume
            ? 'NoSuchObject'
            : snapshot.status !== 'Available'
              ? 'SnapshotOperationForbidden'
              : volume.status !== 'Available'
                ? 'OperationDenied'
                : undefined,
        apply: () => {
          if (!volume || !snapshot) return
          const ms = this.world.delay('baidu.rollback')
          volume.status = 'SnapshotProcessing'
          snapshot.busy = true
          this.world.begin(volume, ms, () => this.rest(volume))
          this.world.begin(snapshot, ms, () => {
            snapshot.busy = false
          })
        }
      }
    },
    (pick, days) => {
      const snapshot = this.snapshotAt(pick)
      const retention = (days % 4) + 1
      return {
        operation: 'ModifySnapshotAttribute',
        params: { snapshotId: snapshot?.id ?? 'none' },
        body: { snapshotName: 'renamed', retentionInDays: retention },
        refusal: !snapshot ? 'NoSuchObject' : undefined,
        apply: () => {
          if (snapshot) Object.assign(snapshot, { name: 'renamed', expireAt: this.world.now + retention * DAY })
        }
      }
    },
    (pick, instancePick) => {
      const volume = this.volume(pick)
      const instance = INSTANCES[instancePick % 2] ?? ''
      return {
        operation: 'AttachVolume',
        params: { volumeId: volume?.id ?? 'none' },
        body: { instanceId: instance },
        refusal: !this.isFound(volume)
          ? 'NoSuchObject'
          : volume.status !== 'Available'
            ? 'Volume.DistNotAvailable'
            : undefined,
        apply: () => {
          if (volume) this.attach(volume, instance)
        }
      }
    },
    (pick, instancePick) => {
      const volume = this.volume(pick)
      const instance = instancePick % 4 === 0 ? (INSTANCES[0] ?? '') : (volume?.instance ?? INSTANCES[1] ?? '')
      return {
        operation: 'DetachVolume',
        params: { volumeId: volume?.id ?? 'none' },
        body: { instanceId: instance },
        refusal: !this.isFound(volume)
          ? 'NoSuchObject'
          : volume.instance !== instance
            ? 'Volume.DiskNotAttachedInstance'
            : volume.status !== 'InUse'
              ? 'OperationDenied'
              : undefined,
        apply: () => {
          if (!volume) return
          volume.status = 'Detaching'
          this.world.begin(volume, this.world.delay('baidu.detach'), () => {
            volume.instance = null
            this.rest(volume)
          })
        }
      }
    },
    (pick, more) => {
      const volume = this.volume(pick)
      const size = (volume?.size ?? 20) + (more % 3) * 10
      return {
        operation: 'ResizeVolume',
        params: { volumeId: volume?.id ?? 'none' },
        body: { newCdsSizeInGB: size },
        refusal: !this.isFound(volume)
          ? 'NoSuchObject'
          : size <= volume.size
            ? 'BadRequest'
            : volume.status !== 'Available' && volume.status !== 'InUse'
              ? 'OperationDenied'
              : undefined,
        apply: () => {
          if (!volume) return
          volume.status = 'Scaling'
          this.world.begin(volume, this.world.delay('baidu.resize'), () => {
            volume.size = size
            this.rest(volume)
          })
        }
      }
    },
    (pick, way) => {
      const volume = this.volume(pick)
      const isDelete = way % 2 === 0
      const options = [{}, { recycle: 'off' }, { autoSnapshot: 'on' }, { manualSnapshot: 'on', recycle: 'off' }][
        Math.floor(way / 2) % 4
      ]
      const isRecycled = volume !== undefined && !volume.gone && volume.status === 'Recycled'
      return {
        operation: 'ReleaseVolume',
        method: isDelete ? 'DELETE' : 'POST',
        params: { volumeId: volume?.id ?? 'none' },
        body: isDelete ? {} : (options ?? {}),
        refusal:
          isRecycled && isDelete
            ? undefined
            : !this.isFound(volume)
              ? 'NoSuchObject'
              : volume.status !== 'Available'
                ? 'Volume.DiskStatusCannotBeDeleted'
                : undefined,
        apply: () => {
          if (!volume) return
          volume.policy = null
          if (!isDelete && options) {
            for (const it of this.snapshots.filter((own) => own.volume === volume)) {
              if (it.method === 'auto' ? 'autoSnapshot' in options : 'manualSnapshot' in options) this.drop(it)
            }
          }
          if (isDelete || (options && 'recycle' in options)) volume.gone = true
          else volume.status = 'Recycled'
        }
      }
    }
  ]

  /** What ListVolumes, ListSnapshots and ListAsps should show, oldest first. */
  shown() {
    return {
      volumes: this.volumes
        .filter((volume) => this.isFound(volume))
        .map((volume) => ({
          id: volume.id,
          status: volume.status,
          diskSizeInGB: volume.size,
          instance: volume.instance,
          policy: volume.policy?.id ?? null
        })),
      snapshots: this.snapshots.map((it) => ({
        name: it.name,
        createMethod: it.method,
        status: it.status,
        volumeId: this.isFound(it.volume) ? it.volume.id : undefined,
        createTime: text(it.createdAt),
        expireTime: it.expireAt === null ? undefined : text(it.expireAt)
      })),
      policies: this.all
        .filter((policy) => !policy.gone)
        .map((policy) => ({
          id: policy.id,
          name: policy.name,
          timePoints: policy.hours,
          repeatWeekdays: policy.weekdays,
          retentionDays: policy.retentionDays,
          volumeCount: this.volumes.filter((volume) => volume.policy === policy).length,
          // Cloud: the firing instant, also when it made nothing (baidu.md 8, Q18).
          lastExecuteTime: text(policy.occurrences.at(-1)?.at ?? Date.UTC(1971, 0, 1, 0, 0, 1))
        }))
    }
  }
}
