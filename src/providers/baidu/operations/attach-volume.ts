import { Type } from '@sinclair/typebox'
import { assert } from '../../../core/model/assert.ts'
import { statement } from '../../evidence.ts'
import { freeDevice } from '../matters/volumes.ts'
import { isSteady, volumeRefusal } from '../rules/states.ts'
import { client, codeless, inferred, page, unsaid, usual } from '../sources.ts'
import { attachmentOf } from '../wire/convert.ts'
import { findVolume } from '../wire/lookups.ts'
import { instanceInState, unknown, volumeInState, why } from '../wire/reasons.ts'
import { AttachmentOut, Id, OptionalBoolean, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const attachVolume = operation({
  name: 'AttachVolume',
  summary: 'Attach a volume to an instance of its zone.',
  evidence: page('Mount CDS', '5.3.4'),
  route: { method: 'PUT', path: '/v2/volume/:volumeId', selector: 'attach' },
  request: {
    params: ResourceParams.volume,
    query: TokenQuery,
    body: Type.Object({ instanceId: Id, deleteWithInstance: OptionalBoolean, deleteAutoSnapshot: OptionalBoolean })
  },
  response: Type.Object({
    volumeAttachment: AttachmentOut,
    warningList: Type.Array(Type.String(), { evidence: client('5.3.4', 'Go SDK') })
  }),
  errors: [
    'Volume.InstanceStatusCannotAttach',
    'Volume.DistNotAvailable',
    'AccessDenied',
    'NoSuchObject',
    'BadRequest'
  ],
  reach: {
    'Volume.InstanceStatusCannotAttach': 'An instance that is neither Running nor Stopped.',
    'Volume.DistNotAvailable': 'A volume that is not Available.',
    AccessDenied: statement('An instance in another zone.', codeless('5.3.4, Q23')),
    NoSuchObject: statement(
      'An id that no volume, or no instance, has.',
      inferred('pages of sibling operations answer it for what is missing', '5.3.4')
    ),
    BadRequest: statement('Leave out instanceId.', usual('3.2'))
  },
  notes: [statement('A switch that is not given keeps what was set last.', unsaid('4.5'))],
  run({ params, body, cloud, now, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    const instance = cloud.findInstance(body.instanceId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    if (!instance) throw fail('NoSuchObject', unknown('body.instanceId', body.instanceId))
    if (volume.zone !== instance.zone) {
      throw fail('AccessDenied', why('body.instanceId', `It is in ${instance.zone}, the volume in ${volume.zone}.`))
    }
    if (!isSteady(instance)) {
      throw fail('Volume.InstanceStatusCannotAttach', instanceInState('body.instanceId', instance))
    }
    const refusal = volumeRefusal('AttachVolume', volume)
    if (refusal) throw fail(refusal, volumeInState('params.volumeId', volume))
    const { deleteWithInstance, deleteAutoSnapshot } = body
    const prepared = cloud.changeVolume(volume, {
      detail: {
        device: freeDevice(cloud, instance),
        attachedAt: now,
        deleteWithInstance,
        deleteAutoSnapshot
      }
    })
    const volumeAttachment = attachmentOf(cloud, cloud.attachVolume(prepared, instance))
    assert(volumeAttachment, `volume ${volume.id} is attached to nothing`)
    return { volumeAttachment, warningList: [] }
  }
})
