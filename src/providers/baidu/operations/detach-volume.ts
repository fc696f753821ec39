import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { isSteady, volumeRefusal } from '../rules/states.ts'
import { page, unsaid, usual } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { instanceInState, unknown, volumeInState, why } from '../wire/reasons.ts'
import { Id, NoBody, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const detachVolume = operation({
  name: 'DetachVolume',
  summary: 'Detach a volume from its instance.',
  evidence: page('Unmount CDS', '5.3.5'),
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
    OperationDenied: statement('A System volume; one that is attached there and yet not InUse.', unsaid('5.3.5')),
    NoSuchObject: statement('An id that no volume has.', unsaid('5.3.5')),
    BadRequest: statement('Leave out instanceId.', usual('3.2'))
  },
  notes: [
    statement(
      'Volume.DiskNotAttachedInstance is 400 as in the table; the text says 404.',
      page('Unmount CDS', '5.3.5')
    ),
    statement('Bound volumes stay bound.', unsaid('5.1.8, Q20'))
  ],
  run({ params, body, cloud, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    if (volume.kind === 'System') throw fail('OperationDenied', why('params.volumeId', 'A system disk stays.'))
    const instance = cloud.findInstance(body.instanceId)
    if (!instance) throw fail('Volume.DiskNotAttachedInstance', unknown('body.instanceId', body.instanceId))
    if (volume.instanceN !== instance.n) {
      const where = (volume.instanceN !== null && cloud.instanceOf(volume.instanceN)?.id) || 'no instance'
      throw fail('Volume.DiskNotAttachedInstance', why('body.instanceId', `The volume is attached to ${where}.`))
    }
    if (!isSteady(instance)) {
      throw fail('Volume.InstanceStatusCannotDetach', instanceInState('body.instanceId', instance))
    }
    const refusal = volumeRefusal('DetachVolume', volume)
    if (refusal) throw fail(refusal, volumeInState('params.volumeId', volume))
    cloud.detachVolume(volume)
  }
})
