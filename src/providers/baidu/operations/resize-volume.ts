import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { DISK_SIZES } from '../matters/catalogues.ts'
import { strangeStorage } from '../matters/storage.ts'
import { volumeRefusal } from '../rules/states.ts'
import { client, page, unsaid } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown, volumeInState, why } from '../wire/reasons.ts'
import { INT32_MAX, OwnTokenQuery, ResourceParams, StorageType } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const Amount = Type.Optional(Type.Integer({ minimum: 0, maximum: DISK_SIZES.max, zeroIsAbsent: true }))

export const resizeVolume = operation({
  name: 'ResizeVolume',
  summary: 'Make a volume larger, or change its storage type or extra IOPS.',
  evidence: page('Expand CDS', '5.3.7'),
  route: { method: 'PUT', path: '/v2/volume/:volumeId', selector: 'resize' },
  request: {
    params: ResourceParams.volume,
    query: OwnTokenQuery,
    body: Type.Object({
      newCdsSizeInGB: Amount,
      newVolumeType: StorageType,
      newExtraIO: Type.Optional(Type.Integer({ minimum: 0, maximum: INT32_MAX, zeroIsAbsent: true }))
    })
  },
  response: Type.Object({ warningList: Type.Array(Type.String(), { evidence: client('5.3.7', 'Go SDK') }) }),
  errors: ['BadRequest', 'NoSuchObject', 'OperationDenied'],
  reach: {
    BadRequest: statement(
      'No member at all; a size that is not larger than now, or above 32765; an unknown storage type.',
      unsaid('5.3.7, Q5')
    ),
    NoSuchObject: statement('An id that no volume has.', unsaid('5.3.7, Q5')),
    OperationDenied: statement('A volume that is neither Available nor InUse.', unsaid('5.3.7, Q5'))
  },
  notes: [statement('The present storage type is accepted.', client('5.3.7', 'CSI driver'))],
  run({ params, body, cloud, fail }) {
    const { newCdsSizeInGB: sizeGiB, newVolumeType: storageType, newExtraIO: extraIo } = body
    if (sizeGiB === undefined && storageType === undefined && extraIo === undefined) {
      throw fail('BadRequest', why('body', 'Give at least one member.'))
    }
    const volume = findVolume(cloud, params.volumeId)
    const isPresent = storageType === volume?.detail.storageType
    const strange = isPresent ? undefined : strangeStorage(cloud, 'body.newVolumeType', storageType)
    if (strange) throw fail('BadRequest', strange)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    if (sizeGiB !== undefined && sizeGiB <= volume.sizeGiB) {
      throw fail('BadRequest', why('body.newCdsSizeInGB', `The volume has ${volume.sizeGiB} GB already.`))
    }
    const refusal = volumeRefusal('ResizeVolume', volume)
    if (refusal) throw fail(refusal, volumeInState('params.volumeId', volume))
    cloud.resizeVolume(volume, {
      sizeGiB,
      detail: { storageType, extraIo }
    })
    return { warningList: [] }
  }
})
