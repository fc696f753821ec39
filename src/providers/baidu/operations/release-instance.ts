import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { dropSnapshots } from '../matters/orders.ts'
import { volumesComingTo } from '../matters/volumes.ts'
import { client, unsaid } from '../sources.ts'
import { unknown } from '../wire/reasons.ts'
import { InstanceParams, NoBody, OptionalBoolean, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const path = '/v2/instance/:instanceId'

export const releaseInstance = operation({
  name: 'ReleaseInstance',
  summary: 'Release an instance at once, with its System volume.',
  evidence: client('5.4, 6.6', 'Terraform', 'Go SDK', 'Python SDK'),
  route: { method: 'POST', path },
  // Cloud: the way of go and py, and of clients of 2019: no body, all switches off.
  aliases: [{ method: 'DELETE', path }],
  request: {
    params: InstanceParams,
    query: TokenQuery,
    body: Type.Object({
      relatedReleaseFlag: OptionalBoolean,
      deleteCdsSnapshotFlag: OptionalBoolean,
      bccRecycleFlag: Type.Optional(Type.Boolean({ ignored: true })),
      deleteRelatedEnisFlag: Type.Optional(Type.Boolean({ ignored: true }))
    })
  },
  response: NoBody,
  errors: ['NoSuchObject', 'BadRequest'],
  reach: {
    NoSuchObject: statement('An id that no instance has, or a second release.', client('5.4', 'Terraform')),
    BadRequest: statement('A flag that is no boolean.', unsaid('5.4'))
  },
  notes: [
    statement('Other volumes become Available; those with deleteWithInstance go.', unsaid('5.4')),
    statement('With relatedReleaseFlag all go.', unsaid('5.4')),
    statement(
      'With it, deleteCdsSnapshotFlag drops the snapshots of those, too. deleteAutoSnapshot drops the automatic ones of a volume that goes.',
      unsaid('5.4')
    ),
    statement('bccRecycleFlag and deleteRelatedEnisFlag are accepted and ignored.', unsaid('5.4')),
    statement('DELETE is the same with all switches off.', client('5.4', 'Go SDK', 'Python SDK'))
  ],
  run({ params, body, cloud, method, fail }) {
    const instance = cloud.findInstance(params.instanceId)
    if (!instance) throw fail('NoSuchObject', unknown('params.instanceId', params.instanceId))
    const isAll = method === 'POST' && body.relatedReleaseFlag === true
    for (const volume of cloud.volumesFrom({ instanceN: instance.n }, { limit: Number.MAX_SAFE_INTEGER })) {
      const { deleteWithInstance, deleteAutoSnapshot, deleteProtection } = volume.detail
      const goes = deleteWithInstance || (isAll && !deleteProtection)
      const freed = cloud.freeVolume(volume)
      if (volume.kind !== 'System' && !goes) continue
      const dropsAll = isAll && body.deleteCdsSnapshotFlag === true
      if (dropsAll || deleteAutoSnapshot) dropSnapshots(cloud, freed, 'policy')
      if (dropsAll) dropSnapshots(cloud, freed, 'manual')
      cloud.releaseVolume(freed)
    }
    for (const volume of volumesComingTo(cloud, instance)) cloud.freeVolume(volume)
    cloud.dropInstance(instance)
  }
})
