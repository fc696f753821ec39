import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { dropSnapshots } from '../matters/orders.ts'
import { volumeRefusal } from '../rules/states.ts'
import { client, page, unsaid } from '../sources.ts'
import { isShown } from '../wire/convert.ts'
import { unknown, volumeInState, why } from '../wire/reasons.ts'
import { NoBody, OptionalBoolean, ResourceParams, TokenQuery } from '../wire/schemas.ts'
import { anyCase, meant } from '../wire/words.ts'
import { operation } from './operation.ts'

const SWITCH = ['on', 'off'] as const
const Switch = anyCase(SWITCH)
const path = '/v2/volume/:volumeId'

export const releaseVolume = operation({
  name: 'ReleaseVolume',
  summary: 'Release a volume: DELETE at once, POST into the recycle bin unless told otherwise.',
  evidence: page('Release CDS', '5.3.6'),
  route: { method: 'DELETE', path },
  aliases: [{ method: 'POST', path }],
  request: {
    params: ResourceParams.volume,
    query: TokenQuery,
    body: Type.Object({
      autoSnapshot: Switch,
      manualSnapshot: Switch,
      recycle: Switch,
      cdsAttributeActive: OptionalBoolean
    })
  },
  response: NoBody,
  errors: [
    'Volume.DiskStatusCannotBeDeleted',
    'Volume.SystemDiskCannotBeDeleted',
    'NoSuchObject',
    'OperationDenied',
    'BadRequest'
  ],
  reach: {
    'Volume.DiskStatusCannotBeDeleted': 'A volume that is not Available, Expired or Error, for example InUse.',
    'Volume.SystemDiskCannotBeDeleted': 'A System volume, whatever its state.',
    NoSuchObject: 'An id that no volume has; a recycled one by POST, or by a second DELETE.',
    OperationDenied: statement('A volume under delete protection.', unsaid('5.3.6')),
    BadRequest: statement('A switch that is neither "on" nor "off", in any letter case.', unsaid('5.3.6'))
  },
  notes: [
    statement('A recycled volume is found nowhere.', unsaid('5.3.6, Q33')),
    statement('One DELETE of it succeeds and destroys it.', client('5.3.6', 'Go SDK')),
    statement('Its stay in the bin has no end.', unsaid('5.3.6, Q33')),
    statement(
      'Snapshots stay unless the options say otherwise, without their link to the volume.',
      page('Release CDS', '5.3.6')
    ),
    statement('DELETE takes no options.', page('Release CDS', '5.3.6'))
  ],
  run({ params, body, cloud, method, fail }) {
    const volume = cloud.findVolume(params.volumeId)
    const isDelete = method === 'DELETE'
    if (!volume || (!isShown(volume) && !isDelete)) {
      throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    }
    if (!isShown(volume)) {
      cloud.releaseVolume(volume)
      return
    }
    if (volume.kind === 'System') {
      throw fail('Volume.SystemDiskCannotBeDeleted', why('params.volumeId', 'It goes with its instance.'))
    }
    if (volume.detail.deleteProtection)
      throw fail('OperationDenied', why('params.volumeId', 'Delete protection is on.'))
    const refusal = volumeRefusal('ReleaseVolume', volume)
    if (refusal) throw fail(refusal, volumeInState('params.volumeId', volume))
    // An expired volume may still be attached.
    const free = volume.instanceN === null ? volume : cloud.freeVolume(volume)
    if (isDelete) {
      cloud.releaseVolume(free)
      return
    }
    const { deleteAutoSnapshot } = volume.detail
    // Cloud: with cdsAttributeActive the volume's own property counts, not the option.
    const dropsAutomatic = body.cdsAttributeActive ? deleteAutoSnapshot : meant(SWITCH, body.autoSnapshot) === 'on'
    if (dropsAutomatic) dropSnapshots(cloud, volume, 'policy')
    if (meant(SWITCH, body.manualSnapshot) === 'on') dropSnapshots(cloud, volume, 'manual')
    if (meant(SWITCH, body.recycle) === 'off') cloud.releaseVolume(free)
    else cloud.recycleVolume(free)
  }
})
