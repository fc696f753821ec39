import type { Database } from './database.ts'
import { tableOf } from './table.ts'

/** A call that is not done twice. */
export interface StoredToken {
  readonly provider: string
  readonly token: string
  readonly request: string
  readonly reply: string | null
  readonly usedAt: number
}

const table = tableOf<StoredToken>('token', {
  provider: 'provider',
  token: 'token',
  request: 'request',
  reply: 'reply',
  usedAt: 'used_at'
})
const FIND = table.select('WHERE provider = ? AND token = ?')

export interface Tokens {
  find(provider: string, token: string): StoredToken | undefined
  touch(provider: string, token: string, at: number): void
  put(token: StoredToken): void
  forgetBefore(at: number): void
}

export function createTokens(db: Database): Tokens {
  return {
    find: (provider, token) => table.get(db, FIND, provider, token),
    touch: (provider, token, at) => {
      db.run('UPDATE token SET used_at = ? WHERE provider = ? AND token = ?', at, provider, token)
    },
    put: (token) => table.replace(db, token),
    forgetBefore: (at) => {
      db.run('DELETE FROM token WHERE used_at < ?', at)
    }
  }
}
