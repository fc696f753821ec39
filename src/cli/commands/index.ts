import type { RemoteCommand } from '../command.ts'
import { advance } from './advance.ts'
import { agenda } from './agenda.ts'
import { checkpoints } from './checkpoints.ts'
import { clock } from './clock.ts'
import { events } from './events.ts'
import { expectRequests } from './expect.ts'
import { exportState } from './export.ts'
import { faults } from './faults.ts'
import { health } from './health.ts'
import { drain, move, moves } from './move.ts'
import { occurrences } from './occurrences.ts'
import { operations } from './operations.ts'
import { requests } from './requests.ts'
import { reset } from './reset.ts'
import { seed } from './seed.ts'
import { settings } from './settings.ts'
import { wait } from './wait.ts'
import { worlds } from './worlds.ts'

/** Every command that drives a running server, in the order of the help. */
export const COMMANDS: readonly RemoteCommand[] = [
  health,
  wait,
  clock,
  advance,
  agenda,
  occurrences,
  ...requests,
  expectRequests,
  events,
  ...faults,
  ...checkpoints,
  ...settings,
  ...worlds,
  reset,
  seed,
  exportState,
  move,
  moves,
  drain,
  operations
]

/** What commands of two words are about, by the first of them. */
export const TOPICS: Readonly<Record<string, string>> = {
  requests: 'the journal of calls: list (without a word, too), show, curl, clear, expect',
  faults: 'failures that are injected into calls: list (without a word, too), put, delete, clear',
  checkpoint: 'checkpoints of a world: save, restore, list, drop',
  settings: 'settings of a world: list, set, unset',
  worlds: 'the worlds of the server: list, keep, delete'
}
