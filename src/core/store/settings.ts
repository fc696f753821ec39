import type { SettingValue } from '../model/resources.ts'
import type { Database } from './database.ts'
import { json, tableOf } from './table.ts'

interface StoredSetting {
  readonly name: string
  readonly value: SettingValue
}

const table = tableOf<StoredSetting>('setting', { name: 'name', value: json('value') })
const ALL = table.select('')

/** The settings that were set. */
export interface Settings {
  all(): Readonly<Record<string, SettingValue>>
  put(name: string, value: SettingValue): void
  drop(name: string): void
  /** Forgets what was read; after a rollback. */
  forget(): void
}

export function createSettings(db: Database): Settings {
  let known: Record<string, SettingValue> | undefined
  return {
    all() {
      known ??= Object.fromEntries(table.all(db, ALL).map(({ name, value }) => [name, value]))
      return known
    },
    put(name, value) {
      table.replace(db, { name, value })
      known = undefined
    },
    drop(name) {
      db.run('DELETE FROM setting WHERE name = ?', name)
      known = undefined
    },
    forget() {
      known = undefined
    }
  }
}
