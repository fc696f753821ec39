import type { ClientLines, Provider } from '../provider.ts'
import { errors } from './errors.ts'
import { operations } from './operations/index.ts'
import { createProtocol } from './protocol/protocol.ts'
import type { ZenlayerShapes } from './rules/shapes.ts'
import { rules } from './rules/time.ts'
import { seed } from './seed/plant.ts'

const NO_INSTANCES = 'Instances come with the seed; nothing here makes or destroys one.'
const notServed: Provider['notServed'] = [
  { name: 'CreateZecInstances', reason: NO_INSTANCES, source: 'zenlayer.md 5.29' },
  { name: 'CreateInstances', reason: NO_INSTANCES, source: 'zenlayer.md 5.29' },
  { name: 'ReleaseInstances', reason: NO_INSTANCES, source: 'zenlayer.md 5.29' },
  {
    name: 'DescribeResourceTypes',
    reason: 'A catalogue of all services of the cloud, of which three are emulated.',
    source: 'zenlayer.md 5.30'
  }
]

/** Zenlayer ZEC: disk snapshots, snapshot policies, disks and what leads to them. */
export const zenlayer: Provider<ZenlayerShapes> = {
  name: 'zenlayer',
  specification: 'docs/clouds/zenlayer.md',
  catalogue: errors,
  operations,
  notServed,
  protocolFor: (rows) => createProtocol({ operations: rows, notServed }),
  rules,
  seed,
  clients
}

function clients(url: string): ClientLines {
  const authority = url.replace('http://', '')
  return {
    title: 'Zenlayer ZEC',
    endpoint: `${url}/api/v2/zec`,
    lines: [
      ['Zenlayer Go', `Config{Scheme: "http", Domain: "${authority}"}`],
      ['Zenlayer Python', `Config(scheme="http", domain="${authority}")`],
      ['Zenlayer Java', `config.setProtocol("http"); config.setEndpoint("${authority}");`],
      ['Zenlayer Terraform', `export ZENLAYERCLOUD_SCHEME=HTTP ZENLAYERCLOUD_DOMAIN=${authority}`]
    ]
  }
}
