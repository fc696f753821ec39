import type { ClientLines } from '../clients.ts'
import type { Provider } from '../provider.ts'
import { errors } from './errors.ts'
import { notServed } from './matters/not-served.ts'
import { operations } from './operations/index.ts'
import { description } from './protocol/description.ts'
import { createProtocol } from './protocol/protocol.ts'
import { recorded } from './protocol/recorded.ts'
import { sign } from './protocol/sign.ts'
import type { BaiduShapes } from './rules/shapes.ts'
import { INSTANCE_STATES, SNAPSHOT_STATES, VOLUME_STATES } from './rules/states.ts'
import { rules } from './rules/time.ts'
import { seed } from './seed/plant.ts'
import { views } from './wire/views.ts'

/** Baidu AI Cloud BCC: policies, snapshots, volumes and what their clients need on the way. */
export const baidu: Provider<BaiduShapes> = {
  name: 'baidu',
  specification: 'docs/clouds/baidu.md',
  catalogue: errors,
  operations,
  notServed,
  protocolFor: createProtocol,
  credentialVariables: {
    keyId: 'BAIDUCLOUD_ACCESS_KEY',
    secret: 'BAIDUCLOUD_SECRET_KEY',
    sessionToken: 'BAIDUCLOUD_SESSION_TOKEN'
  },
  sign,
  recorded,
  rules,
  states: { volume: VOLUME_STATES, snapshot: SNAPSHOT_STATES, instance: INSTANCE_STATES },
  seed,
  views,
  description,
  clients
}

function clients(url: string, trusted?: string): ClientLines {
  return {
    title: 'Baidu BCC',
    endpoint: `${url}/v2`,
    // By https all of them ask the usual variables.
    lines:
      trusted !== undefined
        ? []
        : [
            ['Baidu Go', `bcc.NewClient(ak, sk, "${url}")`],
            ['Baidu Python', `BceClientConfiguration(endpoint="${url}")`],
            ['Baidu Java', `config.setEndpoint("${url}");`],
            ['Baidu JavaScript', `new BceBaseClient({ endpoint: '${url}', credentials: { ak, sk } }, 'bcc', true)`],
            ['Baidu CLI', `bce bcc ListAsps --endpoint ${url.replace('http://', '')}`],
            ['Baidu Terraform', `export BCC_ENDPOINT=${url}`]
          ]
  }
}
