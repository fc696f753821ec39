import { baidu } from './baidu/index.ts'
import type { Catalogue } from './catalogue.ts'
import { zenlayer } from './zenlayer/index.ts'

/** The open questions of each cloud, by its name. */
export const CATALOGUES: Readonly<Record<string, Catalogue>> = { zenlayer, baidu }
