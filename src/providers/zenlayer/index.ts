import type { ClientLines, Provider } from '../provider.ts'
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
