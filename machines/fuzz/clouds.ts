import { baidu } from '../../src/providers/baidu/index.ts'
import type { Provider } from '../../src/providers/provider.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import type { CloudName } from '../requests/signing.ts'

/** Both clouds, each by the name that its calls are signed with. */
export const clouds: readonly (Provider & { readonly name: CloudName })[] = [
  { ...zenlayer, name: 'zenlayer' },
  { ...baidu, name: 'baidu' }
]
