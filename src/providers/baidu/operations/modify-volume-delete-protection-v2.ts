import { Type } from '@sinclair/typebox'
import { findVolume } from '../wire/lookups.ts'
import { unknown, why } from '../wire/reasons.ts'
import { Ids, NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const modifyVolumeDeleteProtectionV2 = operation({
  name: 'ModifyVolumeDeleteProtectionV2',
  summary: 'Switch the delete protection of volumes.',
  source: 'SDKs and meta (baidu.md 5.3.9)',
  // Cloud: meta, Go V2 and Python V2 have the one path; Go, Python and Java the other.
  route: { method: 'POST', path: '/v2/volume/modify/deleteProtection' },
  aliases: [{ method: 'POST', path: '/v2/volume/modifyDeleteProtection' }],
  request: { query: TokenQuery, body: Type.Object({ volumeIds: Ids, enableDeleteProtection: Type.Boolean() }) },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: 'Leave out a member, or send an empty list.',
    NoSuchObject: 'An id that no volume has (proposed); then nothing changes.'
  },
  run({ body, cloud, fail }) {
    if (body.volumeIds.length === 0) throw fail('BadRequest', why('body.volumeIds', 'Name at least one volume.'))
    const volumes = [...new Set(body.volumeIds)].map((id) => {
      const volume = findVolume(cloud, id)
      if (!volume) throw fail('NoSuchObject', unknown('body.volumeIds', id))
      return volume
    })
    for (const volume of volumes) {
      cloud.changeVolume(volume, { detail: { deleteProtection: body.enableDeleteProtection } })
    }
  }
})
