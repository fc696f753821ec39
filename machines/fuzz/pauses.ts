import { setTimeout as sleep } from 'node:timers/promises'
import { exchange } from '../server/connection.ts'
import type { Stretch } from '../server/probe.ts'
import type { Running } from '../server/start.ts'
import { againOf, type Findings } from './findings.ts'
import type { Lane, Sent } from './lane.ts'

/** What a single call may hold the process up. */
const PAUSE_MS = 100
const SUSPECTS = 4

/** Stretches in which a server served nobody else, and whose they were. */
export interface Pauses {
  /** Lanes wait for it before their next call: a suspect is tried alone. */
  readonly quiet: Promise<void>
  look(): Promise<void>
  /** In milliseconds of the server's processor time. */
  longest(): number
}

export function createPauses(server: Running, lanes: readonly Lane[], findings: Findings): Pauses {
  let longest = 0
  let quiet = Promise.resolve()
  const tryAlone = async (stretch: Stretch): Promise<void> => {
    const wrong = `the server was busy for more than ${PAUSE_MS} ms in one stretch`
    if (!findings.isNew(wrong)) return findings.add({ wrong })
    const again: string[] = []
    for (const { bytes } of suspectsOf(stretch, lanes)) {
      server.takeStretches()
      await exchange(server.port, bytes).catch(() => {})
      await sleep(50)
      const alone = Math.max(0, ...server.takeStretches().map(({ busyMs }) => busyMs))
      again.push(`(alone ${alone.toFixed(0)} ms) ${againOf(bytes, server.port)}`)
    }
    const detail = `${stretch.busyMs.toFixed(0)} ms of its processor time; under way then, and sent again one by one:`
    findings.add({ wrong, detail, again })
  }
  return {
    get quiet() {
      return quiet
    },
    async look() {
      for (const stretch of server.takeStretches()) {
        longest = Math.max(longest, stretch.busyMs)
        if (stretch.busyMs <= PAUSE_MS) continue
        const tried = quiet.then(() => tryAlone(stretch))
        quiet = tried
        await tried
      }
    },
    longest: () => longest
  }
}

/** The calls that were under way, those that took longest first. */
function suspectsOf({ until, wallMs }: Stretch, lanes: readonly Lane[]): readonly Sent[] {
  const meant = lanes
    .flatMap(({ latest }) => latest)
    .filter((sent) => sent.from <= until && sent.until >= until - wallMs)
  return meant.sort((one, other) => other.until - other.from - (one.until - one.from)).slice(0, SUSPECTS)
}
