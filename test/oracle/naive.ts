/**
 * A second implementation of what time does, written from the specifications and not from `src/`: plain arrays, looked
 * through from end to end at every step. It knows nothing of due columns, batches, indexes or kept totals.
 */
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** What ends by itself: a disk's or a snapshot's state. `ended` is what it is afterwards. */
export interface Timed {
  /** The order of creation over both clouds. */
  readonly order: number
  gone: boolean
  endsAt: number | null
  ended: () => void
}

export interface Occurrence {
  readonly at: number
  readonly made: unknown[]
  readonly skipped: Record<string, string[]>
}
export interface NaivePolicy {
  readonly order: number
  readonly id: string
  name: string
  /** In the cloud's own numbers. */
  weekdays: number[]
  hours: number[]
  offsetMinutes: number
  retentionDays: number
  /** It fires strictly after its creation and its last change. */
  after: number
  gone: boolean
  readonly occurrences: Occurrence[]
}

export interface Counts {
  firings: number
  snapshotsCreated: number
  snapshotsExpired: number
  completed: number
  skipped: Record<string, number>
}

/** One call that a history makes, and what the specification says about it. */
export interface Plan {
  readonly operation: string
  readonly params?: object
  readonly body?: object
  readonly method?: string
  /** The code it is refused with, or nothing. */
  readonly refusal: string | undefined
  /** What an accepted call does; `reply` tells the ids. */
  apply(reply: unknown): void
}

/** One cloud of the naive world. */
export interface NaiveCloud {
  timed(): Timed[]
  policies(): NaivePolicy[]
  /** Monday is 1 in one cloud, Sunday 0 in the other. */
  firesOn(policy: NaivePolicy, weekday: number): boolean
  hasDisks(policy: NaivePolicy, at: number): boolean
  /** Applies one firing: what was made, and which disks were passed over. */
  fire(policy: NaivePolicy, at: number): Occurrence
  /** Instants at which snapshots that are not busy go. */
  expiries(): number[]
  /** Lets those go whose time has come; returns how many. */
  expire(at: number): number
}

export class NaiveWorld {
  now: number
  changedAt: number
  private orders = 0
  readonly settings: Record<string, string | number | boolean | null> = {}
  readonly clouds: NaiveCloud[] = []

  constructor(now: number, changedAt: number) {
    this.now = now
    this.changedAt = changedAt
  }

  nextOrder(): number {
    return ++this.orders
  }
  /** A cloud's own setting, else the one for all clouds. */
  delay(transition: string): number {
    const [, shared] = transition.split('.')
    return Number(this.settings[`delays.${transition}Ms`] ?? this.settings[`delays.${shared}Ms`] ?? 0)
  }

  /** Starts what takes time; what takes none is over at once. */
  begin(thing: Timed, ms: number, ended: () => void): void {
    if (ms === 0) {
      thing.endsAt = null
      ended()
      return
    }
    thing.endsAt = this.now + ms
    thing.ended = ended
  }

  /** The next instant at which anything could happen: something ends or expires, or an hour begins on a policy's clock. */
  private nextStep(): number {
    let next = Number.POSITIVE_INFINITY
    for (const cloud of this.clouds) {
      for (const thing of cloud.timed()) if (!thing.gone && thing.endsAt !== null) next = Math.min(next, thing.endsAt)
      for (const at of cloud.expiries()) next = Math.min(next, Math.max(at, this.now))
      for (const policy of cloud.policies()) {
        if (policy.gone || !cloud.hasDisks(policy, Number.POSITIVE_INFINITY)) continue
        const offset = policy.offsetMinutes * 60_000
        next = Math.min(next, (Math.floor((this.now + offset) / HOUR) + 1) * HOUR - offset)
      }
    }
    return next
  }

  /** The next instant at which something does happen, or nothing. */
  nextEvent(): number | undefined {
    let next = Number.POSITIVE_INFINITY
    for (const cloud of this.clouds) {
      for (const thing of cloud.timed()) if (!thing.gone && thing.endsAt !== null) next = Math.min(next, thing.endsAt)
      for (const at of cloud.expiries()) next = Math.min(next, Math.max(at, this.now))
      for (const policy of cloud.policies()) {
        const [first] = this.preview(policy, cloud, 1)
        if (first !== undefined) next = Math.min(next, first)
      }
    }
    return Number.isFinite(next) ? next : undefined
  }

  /** When a policy will fire next if nobody changes it: hour after hour. */
  preview(policy: NaivePolicy, cloud: NaiveCloud, count: number): number[] {
    const found: number[] = []
    if (policy.gone || !cloud.hasDisks(policy, Number.POSITIVE_INFINITY)) return found
    const offset = policy.offsetMinutes * 60_000
    let at = (Math.floor((this.now + offset) / HOUR) + 1) * HOUR - offset
    while (found.length < count) {
      if (this.isHourOf(policy, cloud, at)) found.push(at)
      at += HOUR
    }
    return found
  }

  private isHourOf(policy: NaivePolicy, cloud: NaiveCloud, at: number): boolean {
    const local = new Date(at + policy.offsetMinutes * 60_000)
    return (
      local.getTime() % HOUR === 0 &&
      policy.hours.includes(local.getUTCHours()) &&
      cloud.firesOn(policy, local.getUTCDay()) &&
      at > policy.after
    )
  }

  advance(to: number): Counts {
    const counts: Counts = { firings: 0, snapshotsCreated: 0, snapshotsExpired: 0, completed: 0, skipped: {} }
    for (;;) {
      const at = this.nextStep()
      if (at > to) break
      this.now = at
      if (this.happen(counts)) this.changedAt = at
    }
    this.now = to
    return counts
  }

  /** At one instant: completions, then expiries, then firings; by creation. */
  private happen(counts: Counts): boolean {
    const { now } = this
    let happened = false
    for (;;) {
      const ending = this.clouds
        .flatMap((cloud) => cloud.timed())
        .filter((thing) => !thing.gone && thing.endsAt !== null && thing.endsAt <= now)
        .sort((one, other) => one.order - other.order)
      const [first] = ending
      if (!first) break
      first.endsAt = null
      first.ended()
      counts.completed++
      happened = true
    }
    for (const cloud of this.clouds) {
      const expired = cloud.expire(now)
      counts.snapshotsExpired += expired
      if (expired > 0) happened = true
    }
    const firing = this.clouds
      .flatMap((cloud) => cloud.policies().map((policy) => ({ cloud, policy })))
      .filter(({ cloud, policy }) => !policy.gone && cloud.hasDisks(policy, now) && this.isHourOf(policy, cloud, now))
      .sort((one, other) => one.policy.order - other.policy.order)
    for (const { cloud, policy } of firing) {
      const occurrence = cloud.fire(policy, now)
      policy.occurrences.push(occurrence)
      counts.firings++
      counts.snapshotsCreated += occurrence.made.length
      for (const [reason, disks] of Object.entries(occurrence.skipped)) {
        counts.skipped[reason] = (counts.skipped[reason] ?? 0) + disks.length
      }
      happened = true
    }
    return happened
  }
}

/** `2026-01-05T09:00:00Z`. */
export function text(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
export function field(reply: unknown, name: string): unknown {
  return typeof reply === 'object' && reply !== null
    ? Object.entries(reply).find(([key]) => key === name)?.[1]
    : undefined
}
