import type { ClientLines } from '../clients.ts'
import type { Provider } from '../provider.ts'
import { errors } from './errors.ts'
import { knownActions, notServed } from './matters/not-served.ts'
import { operations } from './operations/index.ts'
import { description } from './protocol/description.ts'
import { createProtocol } from './protocol/protocol.ts'
import { recorded } from './protocol/recorded.ts'
import { sign } from './protocol/sign.ts'
import type { ZenlayerShapes } from './rules/shapes.ts'
import { diskTable, instanceTable, snapshotTable } from './rules/states.ts'
import { rules } from './rules/time.ts'
import { seed } from './seed/plant.ts'
import { views } from './wire/views.ts'

/** Zenlayer ZEC: disk snapshots, snapshot policies, disks and what leads to them. */
export const zenlayer: Provider<ZenlayerShapes> = {
  name: 'zenlayer',
  specification: 'docs/clouds/zenlayer.md',
  catalogue: errors,
  throttling: 'REQUEST_LIMIT_EXCEEDED',
  operations,
  notServed,
  protocolFor: (rows) => createProtocol({ operations: rows, notServed: knownActions() }),
  credentialVariables: { keyId: 'ZENLAYERCLOUD_ACCESS_KEY_ID', secret: 'ZENLAYERCLOUD_ACCESS_KEY_PASSWORD' },
  sign,
  recorded,
  rules,
  states: { disk: diskTable, snapshot: snapshotTable, instance: instanceTable },
  seed,
  views,
  description,
  clients
}

function clients(url: string, trusted?: string): ClientLines {
  const [scheme = '', authority = ''] = url.split('://')
  return {
    title: 'Zenlayer ZEC',
    endpoint: `${url}/api/v2/zec`,
    lines: trusted === undefined ? plainly(scheme, authority) : securely(authority, trusted)
  }
}

function plainly(scheme: string, authority: string): ClientLines['lines'] {
  return [
    ['Zenlayer Go', `Config{Scheme: "${scheme}", Domain: "${authority}"}`],
    ['Zenlayer Python', `Config(scheme="${scheme}", domain="${authority}")`],
    ['Zenlayer Java', `config.setProtocol("${scheme}"); config.setEndpoint("${authority}");`],
    ['Zenlayer Terraform', `export ZENLAYERCLOUD_SCHEME=${scheme.toUpperCase()} ZENLAYERCLOUD_DOMAIN=${authority}`]
  ]
}

/** Cloud: the CLI speaks https alone, clients.md 2.6; the Python SDK asks no variable what to trust, clients.md 2.4. */
function securely(authority: string, trusted: string): ClientLines['lines'] {
  return [
    ['Zenlayer CLI', `zeno zec describe-disks --endpoint ${authority}`],
    ['Zenlayer Python', `Config(domain="${authority}", certification="${trusted}")`]
  ]
}
