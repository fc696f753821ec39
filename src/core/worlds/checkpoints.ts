import { type Checkpoint, CheckpointRefused, MAX_CHECKPOINT_NAME_LENGTH } from '../model/checkpoint.ts'

/** Where the checkpoints of all worlds lie: in memory, or in the folder. */
export interface CheckpointStore {
  list(world: string): readonly Checkpoint[]
  /** Replaces one of the same name. */
  save(world: string, checkpoint: Checkpoint, image: Buffer): void
  load(world: string, name: string): { readonly checkpoint: Checkpoint; readonly image: Buffer } | undefined
  drop(world: string, name: string): boolean
  dropAll(world: string): void
  /** Of all worlds together. */
  bytes(): number
}

/** Per world. */
export const MAX_CHECKPOINTS = 64
/** Of all worlds together. */
export const MAX_CHECKPOINT_BYTES = 1024 ** 3

/** Throws `CheckpointRefused` for what there is no room for. */
export function checkRoom(checkpoints: CheckpointStore, world: string, name: string, bytes: number): void {
  const known = checkpoints.list(world)
  const replaced = known.find((each) => each.name === name)
  if (!replaced && known.length >= MAX_CHECKPOINTS) {
    throw new CheckpointRefused('count', `this world has ${MAX_CHECKPOINTS} checkpoints already: drop one first`)
  }
  const together = checkpoints.bytes() - (replaced?.bytes ?? 0) + bytes
  if (together > MAX_CHECKPOINT_BYTES) {
    throw new CheckpointRefused(
      'bytes',
      `all checkpoints together would take ${together} bytes, and ${MAX_CHECKPOINT_BYTES} is the most: drop some first`
    )
  }
}

/** 1 to 128 characters, none of them a control character. */
export function checkName(name: string): void {
  if (name.length < 1 || name.length > MAX_CHECKPOINT_NAME_LENGTH || /\p{Cc}/u.test(name)) {
    throw new CheckpointRefused(
      'name',
      `a checkpoint’s name has 1 to ${MAX_CHECKPOINT_NAME_LENGTH} characters, none of them a control character: before-upgrade`
    )
  }
}

export function memoryCheckpoints(): CheckpointStore {
  const worlds = new Map<string, Map<string, { checkpoint: Checkpoint; image: Buffer }>>()
  let bytes = 0
  const drop = (world: string, name: string) => {
    const known = worlds.get(world)?.get(name)
    if (!known) return false
    bytes -= known.checkpoint.bytes
    worlds.get(world)?.delete(name)
    return true
  }
  return {
    list: (world) => [...(worlds.get(world)?.values() ?? [])].map((each) => each.checkpoint),
    save(world, checkpoint, image) {
      drop(world, checkpoint.name)
      const own = worlds.get(world) ?? new Map<string, { checkpoint: Checkpoint; image: Buffer }>()
      own.set(checkpoint.name, { checkpoint, image })
      worlds.set(world, own)
      bytes += checkpoint.bytes
    },
    load: (world, name) => worlds.get(world)?.get(name),
    drop,
    dropAll(world) {
      for (const name of [...(worlds.get(world)?.keys() ?? [])]) drop(world, name)
      worlds.delete(world)
    },
    bytes: () => bytes
  }
}
