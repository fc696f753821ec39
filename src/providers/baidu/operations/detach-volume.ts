import { Type } from '@sinclair/typebox'
import { findVolume } from '../finds.ts'
import { Id, NoBody, ResourceParams, TokenQuery } from '../schemas.ts'
import { isSteady, volumeRefusal } from '../states.ts'
import { operation } from './operation.ts'

export const detachVolume = operation({
  name: 'DetachVolume',
  summary: 'Detach a volume from its instance.',
  source: 'page Unmount CDS (baidu.md 5.3.5)',
  route: { method: 'PUT', path: '/v2/volume/:volumeId', selector: 'detach' },
  request: { params: ResourceParams.volume, query: TokenQuery, body: Type.Object({ instanceId: Id }) },
  response: NoBody,
  errors: [
    'Volume.DiskNotAttachedInstance',
    'Volume.InstanceStatusCannotDetach',
    'OperationDenied',
    'NoSuchObject',
    'BadRequest'
  ],
  reach: {
    'Volume.DiskNotAttachedInstance': 'A volume that is not attached, or to another instance.',
    'Volume.InstanceStatusCannotDetach': 'An instance that is neither Running nor Stopped.',
    OperationDenied: 'A System volume; one that is attached there and yet not InUse (proposed).',
    NoSuchObject: 'An id that no volume has (proposed).',
    BadRequest: 'Leave out instanceId.'
  },
  notes: ['Volume.DiskNotAttachedInstance is 400 as in the table; the text says 404. Bound volumes stay bound (Q20).'],
  run({ params, body, cloud, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject')
    if (volume.kind === 'System') throw fail('OperationDenied', { hint: 'A system disk stays with its instance.' })
    const instance = cloud.findInstance(body.instanceId)
    if (!instance || volume.instanceN !== instance.n) throw fail('Volume.DiskNotAttachedInstance')
    if (!isSteady(instance)) throw fail('Volume.InstanceStatusCannotDetach')
    const refusal = volumeRefusal('DetachVolume', volume)
    if (refusal) throw fail(refusal)
    cloud.detachVolume(volume)
  }
})
