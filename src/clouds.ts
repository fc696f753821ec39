import { baidu } from './providers/baidu/index.ts'
import type { Provider } from './providers/provider.ts'
import { zenlayer } from './providers/zenlayer/index.ts'

/** The clouds that are served. A third one is one more word here. */
export const clouds: readonly Provider[] = [zenlayer, baidu]
