import { type Static, Type } from '@sinclair/typebox'
import type { SettingTable } from './rules.ts'

/** Longer than anyone waits, and short enough that every instant it leads to can be written. */
const DELAY_MAX_MS = 10 * 365 * 86_400_000

/** How long a transition takes; null: by the clock's mode. */
export const Delay = Type.Union([Type.Integer({ minimum: 0, maximum: DELAY_MAX_MS }), Type.Null()], {
  expected: `milliseconds, from 0 to ${DELAY_MAX_MS} (ten years), or null`
})
/** How many there may be. */
export const Limit = Type.Integer({ minimum: 0, maximum: 1_000_000 })

/** What a world has for each setting of a table. */
export type SettingsOf<T extends SettingTable> = { readonly [K in keyof T]: Static<T[K]['form']> }
