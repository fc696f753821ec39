import type { Provider } from '../provider.ts'
import { errors } from './errors.ts'
import { knownActions, notServed } from './matters/not-served.ts'
import { operations } from './operations/index.ts'
import { createProtocol } from './protocol/protocol.ts'
import type { ZenlayerShapes } from './rules/shapes.ts'
import { rules } from './rules/time.ts'
import { seed } from './seed/plant.ts'

/** Zenlayer ZEC: disk snapshots, snapshot policies, disks and what leads to them. */
export const zenlayer: Provider<ZenlayerShapes> = {
  name: 'zenlayer',
  specification: 'docs/clouds/zenlayer.md',
  catalogue: errors,
  operations,
  notServed,
  protocolFor: (rows) => createProtocol({ operations: rows, notServed: knownActions() }),
  rules,
  seed
}
