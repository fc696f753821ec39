import { createHash } from 'node:crypto'
import type { State, World, WorldSummary } from '../client/index.ts'
import { Failure } from './failure.ts'
import type { Shard } from './shards.ts'

/** How far a world has come when its move was asked for. */
export type Moved =
  | { readonly how: 'moved' | 'finished'; readonly checksum: string; readonly bytes: number }
  | { readonly how: 'was there' }

/** A world that is moved answers no cloud: its rules that see to that say in their name how its clock was. */
const MARK = 'snapstand-move-'
const MODES = ['manual', 'system'] as const
type Mode = (typeof MODES)[number]

/**
 * Moves a world: its clock stands and its clients are cut off, so that they try again; it is exported, imported, looked at
 * again on both sides, and forgotten at the source only then. Cut off at any point, the same again goes on. Throws
 * `Failure`, and the world is where it was.
 */
export async function moveWorld(key: string, from: Shard, to: Shard, dropsCheckpoints: boolean): Promise<Moved> {
  const [source, target] = [from.server.world(key), to.server.world(key)]
  const [here, there] = [await summaryOf(from, key), await summaryOf(to, key)]
  const copied = there && (await markedMode(target))
  if (!here) {
    if (!there) throw new Failure(`neither ${from.url} nor ${to.url} has a world ${JSON.stringify(key)}`)
    if (copied === undefined) return { how: 'was there' }
    const { checksum, bytes } = checked(await target.state.export())
    await release(target, copied)
    return { how: 'finished', checksum, bytes }
  }
  if (there && copied === undefined) {
    throw new Failure(`${to.url} has a world ${JSON.stringify(key)} already; nothing was changed`)
  }
  const checkpoints = await source.checkpoints.list()
  if (checkpoints.length > 0 && !dropsCheckpoints) {
    const some = `${checkpoints.length} ${checkpoints.length === 1 ? 'checkpoint' : 'checkpoints'}`
    throw new Failure(
      `${JSON.stringify(key)} has ${some}, which an export does not hold: --drop-checkpoints gives them up`
    )
  }
  const mode = await hold(source, here.mode)
  try {
    const before = checked(await source.state.export())
    await target.state.import(before.text)
    if (here.keep) await target.keep()
    const [after, arrived] = [checked(await source.state.export()), checked(await target.state.export())]
    if (before.checksum !== after.checksum) throw new Failure(`${JSON.stringify(key)} was changed while it was moved`)
    if (before.checksum !== arrived.checksum) throw new Failure(`what has come to ${to.url} is not what was sent`)
    await source.delete()
    await release(target, mode)
    return { how: 'moved', checksum: before.checksum, bytes: before.bytes }
  } catch (error) {
    // As long as the source has it, the source is right.
    if (await summaryOf(from, key)) {
      await target.delete().catch(() => false)
      await release(source, mode)
    }
    throw error
  }
}

async function summaryOf({ server }: Shard, key: string): Promise<WorldSummary | undefined> {
  return (await server.worlds()).find(({ id }) => id === key)
}

/** Lets no call of a cloud in, and no time pass. What the clock was before an earlier try counts. */
async function hold(world: World, now: Mode): Promise<Mode> {
  const mode = (await markedMode(world)) ?? now
  await world.faults.put(`${MARK}${mode}`, { then: { connection: 'reset' } })
  if (now === 'system') await world.clock.set({ mode: 'manual' })
  return mode
}

async function release(world: World, mode: Mode): Promise<void> {
  if (mode === 'system') await world.clock.set({ mode })
  // Last: as long as it is there, what is half done is known.
  await world.faults.delete(`${MARK}${mode}`)
}

async function markedMode(world: World): Promise<Mode | undefined> {
  const faults = await world.faults.list()
  return MODES.find((mode) => faults.some(({ id, world: whose }) => id === `${MARK}${mode}` && whose === world.key))
}

/** An export, and the checksum of what is the same in a world of the same name anywhere. */
function checked(state: State): { readonly text: string; readonly checksum: string; readonly bytes: number } {
  const text = JSON.stringify(state)
  const hash = createHash('sha256')
  const { internal, faults: _faults, ...rest } = state
  hash.update(JSON.stringify(rest))
  for (const { name, columns, rows } of internal.tables) {
    // How often the rule that holds it was met goes on at the source.
    const kept = name === 'fault' ? rows.filter((row) => !row.some((cell) => String(cell).startsWith(MARK))) : rows
    hash.update(JSON.stringify([name, columns, kept]))
  }
  return { text, checksum: hash.digest('hex'), bytes: Buffer.byteLength(text) }
}
