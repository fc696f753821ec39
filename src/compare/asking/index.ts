import { baidu } from './baidu.ts'
import type { Things } from './things.ts'
import { zenlayer } from './zenlayer.ts'

/** How each cloud's things are found and removed, by its name. */
export const THINGS: Readonly<Record<string, Things>> = { zenlayer, baidu }
