import { DAY_MS } from '../model/clock.ts'
import { type Token, TokenMismatch } from '../model/world.ts'
import type { Store } from '../store/store.ts'

/**
 * Runs `work`, or gives its first reply again where the token came before with the same request. A token lives for 24
 * hours from when it was last received, with whatever request; what failed is not remembered. Part of a transaction;
 * a mismatch is handed back, so that the token's new time is kept.
 */
export function once<T>(store: Store, provider: string, { token, request }: Token, now: number, work: () => T) {
  const known = store.tokens.find(provider, token)
  if (known && now - known.usedAt < DAY_MS) {
    store.tokens.touch(provider, token, now)
    if (known.request !== request) return { mismatch: new TokenMismatch() }
    const reply: T = known.reply === null ? undefined : JSON.parse(known.reply)
    return { reply }
  }
  const reply = work()
  store.tokens.forgetBefore(now - DAY_MS)
  store.tokens.put({
    provider,
    token,
    request,
    reply: reply === undefined ? null : JSON.stringify(reply),
    usedAt: now
  })
  return { reply }
}
