import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { flavorGroups } from '../matters/catalogues.ts'
import { client, invented, unsaid } from '../sources.ts'
import { zonesOf } from '../wire/lookups.ts'
import { OptionalText } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const text = Type.String()
const count = Type.Integer()
const Flavor = Type.Object({
  cpuCount: count,
  memoryCapacityInGB: count,
  ephemeralDiskInGb: count,
  ephemeralDiskCount: count,
  ephemeralDiskType: text,
  gpuCardType: text,
  gpuCardCount: count,
  fpgaCardType: text,
  fpgaCardCount: count,
  productType: text,
  spec: text,
  specId: text,
  flavorSubType: text,
  cpuModel: text,
  cpuGHz: text,
  networkBandwidth: text,
  networkPackage: text,
  netEthQueueCount: text,
  enableJumboFrame: Type.Boolean(),
  nicIpv4Quota: count,
  nicIpv6Quota: count,
  eniQuota: count,
  eriQuota: count,
  volumeCount: count,
  systemDiskType: Type.Array(text),
  dataDiskType: Type.Array(text)
})
const Resources = Type.Object({
  flavorGroups: Type.Array(Type.Object({ groupId: text, flavors: Type.Array(Flavor) }))
})

export const listFlavorSpec = operation({
  name: 'ListFlavorSpec',
  summary: 'List the specs of instances that each zone has.',
  evidence: client('5.4', 'Go SDK', 'Terraform'),
  route: { method: 'GET', path: '/v2/instance/flavorSpec' },
  request: { query: Type.Object({ zoneName: OptionalText, specs: OptionalText, specIds: OptionalText }) },
  response: Type.Object({
    zoneResources: Type.Array(Type.Object({ zoneName: text, bccResources: Resources, ebcResources: Resources }))
  }),
  errors: [],
  notes: [
    statement(
      'The same in every zone: those of ListInstanceSpecs. There are no bare-metal ones.',
      invented('for clients to filter', '5.4')
    ),
    statement(
      'specs and specIds are separated by commas; what they and zoneName do not name is left out.',
      unsaid('5.4')
    )
  ],
  run({ query, cloud }) {
    const specs = query.specs?.split(',')
    const specIds = query.specIds?.split(',')
    const isMeant = ({ spec, specId }: { readonly spec: string; readonly specId: string }) =>
      (specs?.includes(spec) ?? true) && (specIds?.includes(specId) ?? true)
    const groups = flavorGroups()
      .map(({ groupId, flavors }) => ({ groupId, flavors: flavors.filter(isMeant) }))
      .filter(({ flavors }) => flavors.length > 0)
    const zones = zonesOf(cloud).filter((zone) => zone === (query.zoneName ?? zone))
    return {
      zoneResources: zones.map((zoneName) => ({
        zoneName,
        bccResources: { flavorGroups: groups },
        ebcResources: { flavorGroups: [] }
      }))
    }
  }
})
