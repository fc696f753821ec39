import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { ifGiven } from '../../wire/given.ts'
import type { ZenlayerCloud } from '../rules/shapes.ts'
import { invented, models, unsaid } from '../sources.ts'
import { toInstanceState, toNameFilter, toTagPairs, toWindow } from '../wire/convert.ts'
import {
  filter,
  InstanceInfo,
  InstanceStatusWord,
  idFilterUpTo,
  listOf,
  namePattern,
  paging,
  tagFilters
} from '../wire/schemas.ts'
import { showInstance } from '../wire/views.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

/** Of the instances meant, those that have all of these addresses. */
function idsWithAll(cloud: ZenlayerCloud, addresses: readonly string[], meant?: readonly string[]): string[] {
  return cloud
    .instancesFrom(meant ? { ids: meant } : {}, { limit: Number.MAX_SAFE_INTEGER })
    .filter(({ detail }) =>
      addresses.every((address) => [...detail.publicIpAddresses, ...detail.privateIpAddresses].includes(address))
    )
    .map((instance) => instance.id)
}

export const describeInstances = operation({
  name: 'DescribeInstances',
  summary: 'List instances with their disks, newest first.',
  evidence: models('5.25'),
  route: zec('DescribeInstances'),
  versions: BOTH_VERSIONS,
  request: {
    body: Type.Object({
      instanceIds: idFilterUpTo(100),
      zoneId: filter,
      imageId: filter,
      ipv4Address: filter,
      ipv6Address: filter,
      status: Type.Optional(InstanceStatusWord),
      name: namePattern,
      ...paging,
      resourceGroupId: filter,
      ...tagFilters
    })
  },
  response: listOf(InstanceInfo),
  errors: [],
  notes: [
    statement('Newest first.', unsaid('1.10')),
    statement(
      'Minimal: what disk work needs is real, `nics`, `loadBalancerIds` and the like are empty or null.',
      invented('work with disks needs no more', '4.8')
    ),
    statement('Both address filters look for an equal address, public or private.', unsaid('5.25'))
  ],
  run({ body, cloud }) {
    const addresses = [body.ipv4Address, body.ipv6Address].filter((address) => address !== undefined)
    const ids = addresses.length === 0 ? body.instanceIds : idsWithAll(cloud, addresses, body.instanceIds)
    const page = cloud.pageOfInstances(
      {
        ids,
        zone: body.zoneId,
        detail: { imageId: body.imageId },
        state: ifGiven(body.status, toInstanceState),
        name: ifGiven(body.name, toNameFilter),
        group: body.resourceGroupId,
        tagKeys: body.tagKeys,
        tags: ifGiven(body.tags, toTagPairs)
      },
      toWindow(body)
    )
    return { totalCount: page.total, dataSet: page.rows.map((instance) => showInstance(cloud, instance)) }
  }
})
