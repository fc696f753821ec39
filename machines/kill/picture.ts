import { type Client, jsonIn } from '../server/client.ts'

/** What a world holds, as far as the machine follows it: names of snapshots by their ids, and its clock. */
export interface Picture {
  readonly snapshots: Readonly<Record<string, string>>
  readonly now: string
}
/** What is found of a world. */
export interface Found {
  /** Without it the world is not there. */
  readonly picture: Picture | undefined
  readonly checkpoints: readonly string[]
  /** The world as a document. */
  readonly document: string
}

/** A world whose kept totals and counts are not what its rows say. */
export class Torn extends Error {}

/** Reads a world, and checks that it is whole. Throws `Torn`. */
export async function readWorld(client: Client, world: string): Promise<Found> {
  const listed = Object.values(jsonIn(await client.control('GET', '/worlds'))).map((each) =>
    Reflect.get(Object(each), 'id')
  )
  if (!listed.includes(world)) return { picture: undefined, checkpoints: [], document: '' }
  const document = (await client.control('GET', `/state?world=${world}`)).body.toString()
  const names = jsonIn(await client.control('GET', `/checkpoints?world=${world}`))
  const checkpoints = Object.values(names).map((each) => String(Reflect.get(Object(each), 'name')))
  return { picture: pictureIn(document, world), checkpoints: checkpoints.toSorted(), document }
}

type Row = Readonly<Record<string, unknown>>

/** What an export says; its own rows are counted, and compared with what it keeps of them. */
export function pictureIn(document: string, world: string): Picture {
  const { internal, clock }: { internal: { tables: unknown[] }; clock: { at: string } } = JSON.parse(document)
  const tables = new Map<unknown, readonly Row[]>()
  for (const table of internal.tables) {
    const { name, columns, rows }: { name?: unknown; columns?: string[]; rows?: unknown[][] } = Object(table)
    tables.set(
      name,
      (rows ?? []).map((row) => Object.fromEntries((columns ?? []).map((column, at) => [column, row[at]])))
    )
  }
  const rows = (name: string): readonly Row[] => {
    const found = tables.get(name)
    if (!found) throw new Torn(`world ${world}: the export has no table ${name}`)
    return found
  }
  checkTotals(world, rows)
  checkCounts(world, rows)
  const snapshots = rows('snapshot').map(({ provider, id, name }) => [`${provider} ${id}`, String(name)] as const)
  return { snapshots: Object.fromEntries(snapshots), now: clock.at }
}

function checkTotals(world: string, rows: (name: string) => readonly Row[]): void {
  const cells = new Map<string, number>()
  const count = (...cell: unknown[]) => {
    const key = JSON.stringify(cell)
    cells.set(key, (cells.get(key) ?? 0) + 1)
  }
  for (const { provider, zone, state, origin, kind, grp } of rows('snapshot')) {
    count(provider, 'snapshot', zone, state, origin, kind, grp)
  }
  for (const { provider, zone, kind, grp, gone_at } of rows('volume')) {
    if (gone_at === null) count(provider, 'volume', zone, '', '', kind, grp)
  }
  for (const { provider, zone, grp, gone_at } of rows('policy')) {
    if (gone_at === null) count(provider, 'policy', zone, '', '', '', grp)
  }
  const kept = rows('total').map(({ provider, what, zone, state, origin, kind, grp, n }) => [
    JSON.stringify([provider, what, zone, state, origin, kind, grp]),
    n
  ])
  const [is, said] = [[...cells], kept].map((pairs) => JSON.stringify(pairs.toSorted()))
  if (is !== said) throw new Torn(`world ${world}: its rows come to ${is}, its totals say ${said}`)
}

function checkCounts(world: string, rows: (name: string) => readonly Row[]): void {
  const counts = new Map<string, number>()
  for (const { volume_n, origin } of rows('snapshot')) {
    const key = `${volume_n} ${origin === 'policy' ? 'auto' : 'manual'}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  for (const { n, id, auto_count, manual_count } of rows('volume')) {
    const is = [counts.get(`${n} auto`) ?? 0, counts.get(`${n} manual`) ?? 0].join()
    const said = [auto_count, manual_count].join()
    if (is !== said)
      throw new Torn(`world ${world}: volume ${id} has ${is} snapshots of policies and by hand, it says ${said}`)
  }
}
