import type { Database } from './database.ts'

/** Content markers by their hash: a year of copies of 64 KiB would be 2 GiB. */
export interface Contents {
  text(hash: string): string | undefined
  put(hash: string, text: string): void
}

export function createContents(db: Database): Contents {
  return {
    text: (hash) => db.get<{ text: string }>('SELECT text FROM content WHERE hash = ?', hash)?.text,
    put: (hash, text) => {
      db.run('INSERT OR IGNORE INTO content (hash, text) VALUES (?, ?)', hash, text)
    }
  }
}
