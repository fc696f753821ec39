import { type AgendaRows, createAgendaRows } from './agenda.ts'
import { type Contents, createContents } from './contents.ts'
import { type Database, openDatabase } from './database.ts'
import { createDue, type Due } from './due.ts'
import { createFaults, type Faults } from './faults.ts'
import { createInstances, type Instances } from './instances.ts'
import { createItems, type Items } from './items.ts'
import { createLanes, type Lanes } from './lanes.ts'
import { createOccurrences, type Occurrences } from './occurrences.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createPlaces, type Places } from './places.ts'
import { createPolicies, type Policies } from './policies.ts'
import { createSettings, type Settings } from './settings.ts'
import { createSnapshotGroups, type SnapshotGroups } from './snapshot-groups.ts'
import { createSnapshots, type Snapshots } from './snapshots.ts'
import { createTokens, type Tokens } from './tokens.ts'
import { createTotals, type Totals } from './totals.ts'
import { createVolumes, type Volumes } from './volumes.ts'
import { createWorldRow, type WorldRow } from './world-row.ts'

/** A world's database, as typed tables. The only place with SQL is this folder. */
export interface Store {
  readonly db: Database
  /** What this world is; changes are written with the transaction that makes them. */
  readonly row: WorldRow
  readonly totals: Totals
  readonly volumes: Volumes
  readonly snapshots: Snapshots
  readonly snapshotGroups: SnapshotGroups
  readonly policies: Policies
  readonly instances: Instances
  readonly items: Items
  readonly places: Places
  readonly occurrences: Occurrences
  readonly tokens: Tokens
  readonly settings: Settings
  readonly contents: Contents
  readonly faults: Faults
  readonly due: Due
  readonly agenda: AgendaRows
  readonly lanes: Lanes
  /** What the running transaction tells when it is committed. */
  readonly outbox: Outbox
  /** One transaction. What memory holds of the database follows it, back and forth. */
  transaction<T>(body: () => T): T
  /** Forgets what memory holds of the database: somebody else wrote it. Throws where no world is in it. */
  reread(): void
}

export function openStore(source?: Buffer | string): Store {
  const db = openDatabase(source)
  const world = createWorldRow(db)
  const due = createDue(db, world.row)
  const totals = createTotals(db)
  const volumes = createVolumes(db, totals, due.note)
  const items = createItems(db)
  const settings = createSettings(db)
  const outbox = createOutbox()
  const faults = createFaults(db)
  const reread = () => {
    totals.forget()
    volumes.forget()
    items.forget()
    settings.forget()
    faults.forget()
    world.reread()
  }
  return {
    db,
    row: world.row,
    totals,
    volumes,
    snapshots: createSnapshots(db, totals, volumes, due.note),
    snapshotGroups: createSnapshotGroups(db, totals, volumes, due.note),
    policies: createPolicies(db, totals, due.note),
    instances: createInstances(db, due.note),
    items,
    places: createPlaces(db),
    occurrences: createOccurrences(db),
    tokens: createTokens(db),
    settings,
    contents: createContents(db),
    faults,
    due,
    agenda: createAgendaRows(db),
    lanes: createLanes(db),
    outbox,
    transaction(body) {
      let result: ReturnType<typeof body>
      try {
        result = db.transaction(() => {
          const made = body()
          totals.flush()
          volumes.flush()
          world.flush()
          return made
        })
      } catch (error) {
        outbox.drop()
        reread()
        throw error
      }
      outbox.send()
      return result
    },
    reread
  }
}
