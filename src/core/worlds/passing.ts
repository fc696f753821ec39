import { memoryCheckpoints } from './checkpoints.ts'
import { SILENT } from './events.ts'
import { createBudget, createJournal } from './journal.ts'
import { memoryStorage, type NewWorld, type WorldStorage } from './storage.ts'
import { type CoreEnvironment, createWorld, type OpenWorld, type WorldEnvironment } from './world.ts'

/** A world that nobody else knows of, gone with whoever holds it. */
function createPassingWorld(
  id: string,
  environment: CoreEnvironment,
  storage: WorldStorage,
  checkpoints = memoryCheckpoints()
): OpenWorld {
  const alone: WorldEnvironment = {
    ...environment,
    rescheduled: () => {},
    woken: () => {},
    damaged: () => {},
    isMoved: () => false,
    checkServed: () => {},
    tellerOf: () => SILENT,
    checkpoints
  }
  return createWorld(id, createJournal(createBudget(0)), alone, storage)
}

/** What a world begins with. */
export interface Beginnings {
  readonly environment: CoreEnvironment
  readonly newWorld: NewWorld
  /** What all checkpoints that are kept take together. */
  readonly checkpointBytes: () => number
}

/** Shows a world of this name as it would begin. */
export async function lookAtNew<T>(
  id: string,
  { environment, newWorld, checkpointBytes }: Beginnings,
  see: (world: OpenWorld) => T | Promise<T>
): Promise<T> {
  const checkpoints = { ...memoryCheckpoints(), bytes: checkpointBytes }
  const world = createPassingWorld(id, environment, memoryStorage(id, newWorld), checkpoints)
  try {
    return await see(world)
  } finally {
    world.forget()
  }
}
