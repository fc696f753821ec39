import type { ClientLines, Provider } from '../provider.ts'
import { errors } from './errors.ts'
import { operations } from './operations/index.ts'
import { createProtocol } from './protocol/protocol.ts'
import type { BaiduShapes } from './rules/shapes.ts'
import { rules } from './rules/time.ts'
import { seed } from './seed/plant.ts'

/** Dedicated storage clusters, which the SDKs know and baidu.md leaves out. */
const CLUSTER_OPERATIONS = [
  'CreateVolumeCluster',
  'ListVolumeClusters',
  'GetVolumeCluster',
  'ResizeVolumeCluster',
  'PurchaseReservedVolumeCluster',
  'AutoRenewVolumeCluster',
  'CancelAutoRenewVolumeCluster',
  'BindTagVolumeCluster',
  'UnbindTagVolumeCluster'
]

/** Baidu AI Cloud BCC: policies, snapshots, volumes and what their clients need on the way. */
export const baidu: Provider<BaiduShapes> = {
  name: 'baidu',
  specification: 'docs/clouds/baidu.md',
  catalogue: errors,
  operations,
  notServed: CLUSTER_OPERATIONS.map((name) => ({
    name,
    reason: 'Dedicated clusters are out of scope; a volume shows the clusterId that it was created with.',
    source: 'Python, Java and Go V2 SDKs; baidu.md 3.2'
  })),
  protocolFor: createProtocol,
  rules,
  seed,
  clients
}

function clients(url: string): ClientLines {
  return {
    title: 'Baidu BCC',
    endpoint: `${url}/v2`,
    lines: [
      ['Baidu Go', `bcc.NewClient(ak, sk, "${url}")`],
      ['Baidu Python', `BceClientConfiguration(endpoint="${url}")`],
      ['Baidu Java', `config.setEndpoint("${url}");`],
      ['Baidu JavaScript', `new BceBaseClient({ endpoint: '${url}', credentials: { ak, sk } }, 'bcc', true)`],
      ['Baidu CLI', `bce bcc ListAsps --endpoint ${url.replace('http://', '')}`],
      ['Baidu Terraform', `export BCC_ENDPOINT=${url}`]
    ]
  }
}
