import { baidu } from './baidu.ts'
import type { ComparedCloud } from './cloud.ts'
import { zenlayer } from './zenlayer.ts'

/** The clouds that can be compared with. */
export const COMPARED: readonly ComparedCloud[] = [zenlayer, baidu]
