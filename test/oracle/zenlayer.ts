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

export const ZONE = 'asia-east-1a'
export const INSTANCES = ['1700000000000000001', '1700000000000000002']

interface Disk extends Timed {
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
  readonly disk: Disk
  readonly type: 'Auto' | 'Manual'
  status: string
  readonly createdAt: number
  retention: number | null
}

/** Zenlayer as zenlayer.md 5 and 6 have it. Picks are natural numbers; each plan takes what it needs of them. */
export class NaiveZenlayer implements NaiveCloud {
  readonly disks: Disk[] = []
  snapshots: Snapshot[] = []
  readonly all: NaivePolicy[] = []
  private readonly world: NaiveWorld

  constructor(world: NaiveWorld) {
    this.world = world
    world.clouds.push(this)
  }

  timed(): Timed[] {
    return [...this.disks, ...this.snapshots]
  }
  policies(): NaivePolicy[] {
    return this.all
  }
  firesOn(policy: NaivePolicy, weekday: number): boolean {
    return policy.weekdays.includes(weekday === 0 ? 7 : weekday)
  }
  hasDisks(policy: NaivePolicy, at: number): boolean {
    return this.disks.some((disk) => disk.policy === policy && disk.boundAt < at)
  }
  expiries(): number[] {
    return this.snapshots.flatMap((it) => (it.status === 'AVAILABLE' && it.retention !== null ? [it.retention] : []))
  }
  expire(at: number): number {
    const over = this.snapshots.filter((it) => it.status === 'AVAILABLE' && it.retention !== null && it.retention <= at)
    for (const it of over) this.delete(it)
    return over.length
  }
  fire(policy: NaivePolicy, at: number): Occurrence {
    const made: Snapshot[] = []
    const skipped: Record<string, string[]> = {}
    const pass = (disk: Disk, reason: string) => {
      skipped[reason] = [...(skipped[reason] ?? []), disk.id]
    }
    for (const disk of this.disks.filter((it) => it.policy === policy && it.boundAt < at)) {
      if (disk.status !== 'AVAILABLE' && disk.status !== 'IN_USE') {
        pass(disk, `disk-${disk.status.toLowerCase().replaceAll('_', '-')}`)
      } else if (this.isAtQuota(disk)) pass(disk, 'quota')
      else {
        const stamp = text(at).replaceAll(/\D/g, '').slice(0, 12)
        const retention = policy.retentionDays === -1 ? null : at + policy.retentionDays * DAY
        made.push(this.snapshot(disk, `auto-${disk.id}-${stamp}`, 'Auto', retention))
      }
    }
    return { at, made, skipped }
  }

  private isAtQuota(disk: Disk): boolean {
    const quota = Number(this.world.settings['zenlayer.snapshotQuota'] ?? 0)
    return quota > 0 && this.snapshots.filter((it) => it.disk === disk).length >= quota
  }
  private snapshot(disk: Disk, name: string, type: 'Auto' | 'Manual', retention: number | null): Snapshot {
    const made: Snapshot = {
      order: this.world.nextOrder(),
      gone: false,
      endsAt: null,
      ended: () => {},
      id: null,
      name,
      disk,
      type,
      status: 'CREATING',
      createdAt: this.world.now,
      retention
    }
    this.snapshots.push(made)
    const ms = this.world.delay('zenlayer.snapshotCreate')
    disk.status = 'SNAPSHOT_CREATING'
    this.world.begin(disk, ms, () => this.rest(disk))
    this.world.begin(made, ms, () => {
      made.status = 'AVAILABLE'
    })
    return made
  }
  private rest(disk: Disk): void {
    disk.status = disk.instance === null ? 'AVAILABLE' : 'IN_USE'
  }
  private delete(snapshot: Snapshot): void {
    snapshot.status = 'DELETING'
    this.world.begin(snapshot, this.world.delay('zenlayer.snapshotDelete'), () => this.drop(snapshot))
  }
  private drop(snapshot: Snapshot): void {
    snapshot.gone = true
    this.snapshots = this.snapshots.filter((it) => it !== snapshot)
  }
  private attach(disk: Disk, instance: string): void {
    disk.instance = instance
    disk.status = 'ATTACHING'
    this.world.begin(disk, this.world.delay('zenlayer.attach'), () => this.rest(disk))
  }
  private detach(disk: Disk, next: string | null): void {
    disk.status = 'DETACHING'
    this.world.begin(disk, this.world.delay('zenlayer.detach'), () => {
      disk.instance = null
      if (next === null) this.rest(disk)
      else this.attach(disk, next)
    })
  }
  private destroy(disk: Disk): void {
    disk.status = 'DELETING'
    this.world.begin(disk, this.world.delay('zenlayer.release'), () => {
      disk.gone = true
      if (this.world.settings['zenlayer.releaseKeepsSnapshots'] === true) return
      for (const it of this.snapshots.filter((own) => own.disk === disk)) this.drop(it)
    })
  }

  /** Disks and snapshots that are gone are asked for, too: their ids are unknown then. */
  private disk(pick: number): Disk | undefined {
    return this.disks[pick % (this.disks.length + 1)]
  }
  private snapshotAt(pick: number): Snapshot | undefined {
    return this.snapshots[pick % (this.snapshots.length + 1)]
  }
  private policy(pick: number): NaivePolicy | undefined {
    return this.all[pick % (this.all.length + 1)]
  }

  readonly plans: readonly ((...picks: number[]) => Plan)[] = [
    (onInstance) => {
      const instance = onInstance % 3 === 0 ? (INSTANCES[onInstance % 2] ?? null) : null
      return {
        operation: 'CreateDisks',
        body: { zoneId: ZONE, diskName: 'data', diskSize: 20, ...(instance && { instanceId: instance }) },
        refusal: undefined,
        apply: (reply) => {
          const ids = field(reply, 'diskIds')
          const disk: Disk = {
            order: this.world.nextOrder(),
            gone: false,
            endsAt: null,
            ended: () => {},
            id: Array.isArray(ids) ? String(ids[0]) : '',
            size: 20,
            status: 'CREATING',
            instance,
            policy: null,
            boundAt: 0
          }
          this.disks.push(disk)
          this.world.begin(disk, this.world.delay('zenlayer.diskCreate'), () => this.rest(disk))
        }
      }
    },
    (which, hours, days, kept) => {
      const weekdays = [[1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7], [7], [1, 3, 5]][days % 4] ?? [2, 6]
      const times = [[0], [9], [0, 23], [8, 9, 10], [12]][hours % 5] ?? [1]
      const retentionDays = [-1, 1, 2, 7][kept % 4] ?? -1
      return {
        operation: 'CreateAutoSnapshotPolicy',
        body: {
          zoneId: ZONE,
          autoSnapshotPolicyName: `policy-${which % 3}`,
          repeatWeekDays: weekdays,
          hours: times,
          retentionDays
        },
        refusal: undefined,
        apply: (reply) => {
          this.all.push({
            order: this.world.nextOrder(),
            id: String(field(reply, 'autoSnapshotPolicyId')),
            name: `policy-${which % 3}`,
            weekdays,
            hours: times,
            offsetMinutes: 0,
            retentionDays,
            after: this.world.now,
            gone: false,
            occurrences: []
          })
        }
      }
    },
    (pick, diskPick) => {
      const policy = this.policy(pick)
      const disk = this.disk(diskPick)
      return {
        operation: 'ApplyAutoSnapshotPolicy',
        body: { autoSnapshotPolicyId: policy?.id ?? 'none', diskIds: [disk?.id ?? 'none'] },
        refusal:
          !policy || policy.gone
            ? 'INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND'
            : !disk || disk.gone
              ? 'INVALID_DISK_NOT_FOUND'
              : ['RECYCLING', 'RECYCLED', 'DELETING', 'FAILED'].includes(disk.status)
                ? 'UNSUPPORTED_OPERATION_DISK_STATUS'
                : disk.policy !== null && disk.policy !== policy
                  ? 'INVALID_DISK_AUTO_SNAPSHOT_POLICY_EXIST'
                  : undefined,
        apply: () => {
          if (!disk || !policy || disk.policy === policy) return
          disk.policy = policy
          disk.boundAt = this.world.now
        }
      }
    },
    (pick, diskPick) => {
      const policy = this.policy(pick)
      const disk = this.disk(diskPick)
      return {
        operation: 'CancelAutoSnapshotPolicy',
        body: { autoSnapshotPolicyId: policy?.id ?? 'none', diskIds: [disk?.id ?? 'none'] },
        refusal: !policy || policy.gone ? 'INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND' : undefined,
        apply: () => {
          if (disk && policy && disk.policy === policy) disk.policy = null
        }
      }
    },
    (pick, hours, kept) => {
      const policy = this.policy(pick)
      const times = [[1], [9, 10], [0, 6, 12, 18]][hours % 3] ?? [1]
      const retentionDays = [-1, 1, 3][kept % 3] ?? -1
      return {
        operation: 'ModifyAutoSnapshotPolicy',
        body: { autoSnapshotPolicyId: policy?.id ?? 'none', hours: times, retentionDays },
        refusal: !policy || policy.gone ? 'INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND' : undefined,
        apply: () => {
          if (policy) Object.assign(policy, { hours: times, retentionDays, after: this.world.now })
        }
      }
    },
    (pick) => {
      const policy = this.policy(pick)
      return {
        operation: 'DeleteAutoSnapshotPolicies',
        body: { autoSnapshotPolicyIds: [policy?.id ?? 'none'] },
        refusal: !policy || policy.gone ? 'INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND' : undefined,
        apply: () => {
          if (policy) policy.gone = true
          for (const disk of this.disks) if (disk.policy === policy) disk.policy = null
        }
      }
    },
    (pick, days) => {
      const disk = this.disk(pick)
      const retention = [null, 1, 2, 0.5][days % 4] ?? null
      const until = retention === null ? null : Math.floor(this.world.now / 1000) * 1000 + retention * DAY
      return {
        operation: 'CreateSnapshot',
        body: {
          diskId: disk?.id ?? 'none',
          snapshotName: 'by-hand',
          ...(until !== null && { retentionTime: text(until) })
        },
        refusal:
          retention === 0.5
            ? 'INVALID_SNAPSHOT_RETENTION_TIME'
            : !disk || disk.gone
              ? 'INVALID_DISK_NOT_FOUND'
              : disk.status !== 'AVAILABLE' && disk.status !== 'IN_USE'
                ? 'UNSUPPORTED_OPERATION_DISK_STATUS'
                : this.isAtQuota(disk)
                  ? 'INVALID_SNAPSHOT_QUOTA_EXCEED'
                  : undefined,
        apply: (reply) => {
          if (disk) this.snapshot(disk, 'by-hand', 'Manual', until).id = String(field(reply, 'snapshotId'))
        }
      }
    },
    (pick) => {
      const snapshot = this.snapshotAt(pick)
      return {
        operation: 'DeleteSnapshots',
        body: { snapshotIds: [snapshot?.id ?? 'none'] },
        refusal: !snapshot
          ? 'INVALID_DISK_SNAPSHOT_NOT_FOUND'
          : snapshot.status !== 'AVAILABLE'
            ? 'OPERATION_DENIED_DISK_SNAPSHOT_STATUS'
            : undefined,
        apply: () => {
          if (snapshot) this.delete(snapshot)
        }
      }
    },
    (pick, diskPick) => {
      const snapshot = this.snapshotAt(pick)
      const disk = diskPick % 4 === 0 ? this.disk(diskPick) : snapshot?.disk
      return {
        operation: 'ApplySnapshot',
        body: { snapshotId: snapshot?.id ?? 'none', diskId: disk?.id ?? 'none' },
        refusal:
          !disk || disk.gone
            ? 'INVALID_DISK_NOT_FOUND'
            : !snapshot || snapshot.disk !== disk
              ? 'INVALID_DISK_SNAPSHOT_NOT_FOUND'
              : disk.status !== 'AVAILABLE' && disk.status !== 'IN_USE'
                ? 'OPERATION_DENIED_DISK_STATUS'
                : snapshot.status !== 'AVAILABLE'
                  ? 'OPERATION_DENIED_DISK_SNAPSHOT_STATUS'
                  : undefined,
        apply: () => {
          if (!disk || !snapshot) return
          const ms = this.world.delay('zenlayer.rollback')
          disk.status = 'ROLLING_BACK'
          snapshot.status = 'ROLLING_BACK'
          this.world.begin(disk, ms, () => this.rest(disk))
          this.world.begin(snapshot, ms, () => {
            snapshot.status = 'AVAILABLE'
          })
        }
      }
    },
    (pick, days) => {
      const snapshot = this.snapshotAt(pick)
      const isPermanent = days % 3 === 0
      const until = Math.floor(this.world.now / 1000) * 1000 + ((days % 4) + 1) * DAY
      return {
        operation: 'ModifySnapshotsAttribute',
        body: {
          snapshotIds: [snapshot?.id ?? 'none'],
          snapshotName: 'renamed',
          ...(isPermanent ? { isPermanent } : { retentionTime: text(until) })
        },
        refusal: !snapshot
          ? 'INVALID_DISK_SNAPSHOT_NOT_FOUND'
          : snapshot.status === 'DELETING'
            ? 'OPERATION_DENIED_DISK_SNAPSHOT_STATUS'
            : undefined,
        apply: () => {
          if (snapshot) Object.assign(snapshot, { name: 'renamed', retention: isPermanent ? null : until })
        }
      }
    },
    (pick, instancePick) => {
      const disk = this.disk(pick)
      const instance = INSTANCES[instancePick % 2] ?? ''
      const during = this.world.settings['zenlayer.attachDuringSnapshot'] !== false
      return {
        operation: 'AttachDisks',
        body: { diskIds: [disk?.id ?? 'none'], instanceId: instance },
        refusal:
          !disk || disk.gone
            ? 'INVALID_DISK_NOT_FOUND'
            : disk.status === 'IN_USE' || (disk.status === 'SNAPSHOT_CREATING' && disk.instance !== null)
              ? 'UNSUPPORTED_OPERATION_DISK_ATTACHED'
              : disk.status === 'AVAILABLE' || (disk.status === 'SNAPSHOT_CREATING' && during)
                ? undefined
                : 'UNSUPPORTED_OPERATION_DISK_STATUS',
        apply: () => {
          if (disk) this.attach(disk, instance)
        }
      }
    },
    (pick) => {
      const disk = this.disk(pick)
      const during = this.world.settings['zenlayer.attachDuringSnapshot'] !== false
      return {
        operation: 'DetachDisks',
        body: { diskIds: [disk?.id ?? 'none'], instanceCheckFlag: false },
        refusal:
          !disk || disk.gone
            ? 'INVALID_DISK_NOT_FOUND'
            : disk.status === 'IN_USE' || (disk.status === 'SNAPSHOT_CREATING' && disk.instance !== null && during)
              ? undefined
              : 'UNSUPPORTED_OPERATION_DISK_STATUS',
        apply: () => {
          if (disk) this.detach(disk, null)
        }
      }
    },
    (pick, instancePick) => {
      const disk = this.disk(pick)
      const instance = INSTANCES[instancePick % 2] ?? ''
      return {
        operation: 'ChangeDisksAttach',
        body: { diskIds: [disk?.id ?? 'none'], instanceId: instance },
        refusal:
          !disk || disk.gone
            ? 'INVALID_DISK_NOT_FOUND'
            : disk.status !== 'IN_USE'
              ? 'UNSUPPORTED_OPERATION_DISK_STATUS'
              : disk.instance === instance
                ? 'UNSUPPORTED_OPERATION_DISK_ATTACH_REPEATED'
                : undefined,
        apply: () => {
          if (disk) this.detach(disk, instance)
        }
      }
    },
    (pick, more) => {
      const disk = this.disk(pick)
      const size = (disk?.size ?? 20) + (more % 3) * 10
      return {
        operation: 'ResizeDisk',
        body: { diskId: disk?.id ?? 'none', diskSize: size },
        refusal:
          !disk || disk.gone
            ? 'INVALID_DISK_NOT_FOUND'
            : size <= disk.size
              ? 'INVALID_PARAMETER_LESS_MINIMUM'
              : disk.status !== 'AVAILABLE' && disk.status !== 'IN_USE'
                ? 'UNSUPPORTED_OPERATION_DISK_STATUS'
                : undefined,
        apply: () => {
          if (!disk) return
          disk.status = 'CHANGING'
          this.world.begin(disk, this.world.delay('zenlayer.resize'), () => {
            disk.size = size
            this.rest(disk)
          })
        }
      }
    },
    (pick) => {
      const disk = this.disk(pick)
      return {
        operation: 'ReleaseDisk',
        body: { diskId: disk?.id ?? 'none' },
        refusal:
          !disk || disk.gone
            ? 'INVALID_DISK_NOT_FOUND'
            : disk.status === 'RECYCLING'
              ? 'UNSUPPORTED_OPERATION_DISK_BEING_RECYCLE'
              : disk.status !== 'AVAILABLE' && disk.status !== 'RECYCLED'
                ? 'UNSUPPORTED_OPERATION_DISK_STATUS'
                : undefined,
        apply: () => {
          if (!disk) return
          disk.policy = null
          if (disk.status === 'RECYCLED' || this.world.settings['zenlayer.recycleBin'] !== true) {
            this.destroy(disk)
            return
          }
          disk.status = 'RECYCLING'
          this.world.begin(disk, this.world.delay('zenlayer.recycle'), () => {
            disk.status = 'RECYCLED'
            this.world.begin(disk, DAY, () => this.destroy(disk))
          })
        }
      }
    },
    (pick) => {
      const disk = this.disk(pick)
      return {
        operation: 'RenewDisk',
        body: { diskId: disk?.id ?? 'none' },
        refusal:
          !disk || disk.gone
            ? 'INVALID_DISK_NOT_FOUND'
            : disk.status !== 'RECYCLED'
              ? 'UNSUPPORTED_OPERATION_DISK_STATUS'
              : undefined,
        apply: () => {
          if (!disk) return
          disk.endsAt = null
          this.rest(disk)
        }
      }
    }
  ]

  /** What DescribeDisks, DescribeSnapshots and DescribeAutoSnapshotPolicies should show, oldest first. */
  shown() {
    return {
      disks: this.disks
        .filter((disk) => !disk.gone)
        .map((disk) => ({
          diskId: disk.id,
          diskStatus: disk.status,
          diskSize: disk.size,
          instanceId: disk.instance,
          autoSnapshotPolicyId: disk.policy?.id ?? null
        })),
      snapshots: this.snapshots.map((it) => ({
        snapshotName: it.name,
        snapshotType: it.type,
        status: it.status,
        diskId: it.disk.id,
        createTime: text(it.createdAt),
        retentionTime: it.retention === null ? null : text(it.retention)
      })),
      policies: this.all
        .filter((policy) => !policy.gone)
        .map((policy) => ({
          autoSnapshotPolicyId: policy.id,
          autoSnapshotPolicyName: policy.name,
          repeatWeekDays: policy.weekdays,
          hours: policy.hours,
          retentionDays: policy.retentionDays,
          diskIdSet: this.disks.filter((disk) => disk.policy === policy).map((disk) => disk.id)
        }))
    }
  }
}
