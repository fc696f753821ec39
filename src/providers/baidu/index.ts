import type { Provider } from '../provider.ts'
import { errors } from './errors.ts'
import { operations } from './operations/index.ts'
import { createProtocol } from './protocol.ts'
import { rules } from './rules.ts'
import { seed } from './seed.ts'
import type { BaiduShapes } from './shapes.ts'

/** Baidu AI Cloud BCC: policies, snapshots, volumes and what their clients need on the way. */
export const baidu: Provider<BaiduShapes> = {
  name: 'baidu',
  catalogue: errors,
  operations,
  notServed: [],
  protocol: createProtocol(operations),
  rules,
  seed
}
