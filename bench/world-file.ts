// What a program outside the core knows of a world's database: the file that lies in its folder.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

function openWorldIn(folder: string): Sqlite.Database {
  const file = readdirSync(folder).find((name) => /^[0-9a-f]{64}\.db$/.test(name))
  if (file === undefined) throw new Error('no world lies in this folder')
  return new Sqlite(join(folder, file))
}

/** The tables and indexes of the one world in a folder. */
export function schemaIn(folder: string): string {
  const db = openWorldIn(folder)
  const made = db.prepare<[], { sql: string }>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').all()
  db.close()
  return made.map(({ sql }) => `${sql};`).join('\n')
}

/** The one world in a folder as an image that opens in memory: bytes 18 and 19 say that it has no log. */
export function imageIn(folder: string): Buffer {
  const db = openWorldIn(folder)
  const image = db.serialize()
  db.close()
  image[18] = 1
  image[19] = 1
  return image
}
