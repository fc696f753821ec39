import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, unsaid } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown, why } from '../wire/reasons.ts'
import { Ids, NoBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const modifyVolumeDeleteProtectionV2 = operation({
  name: 'ModifyVolumeDeleteProtectionV2',
  summary: 'Switch the delete protection of volumes.',
  evidence: client('5.3.9', 'meta', 'Go SDK V2', 'Python SDK V2', 'Go SDK', 'Python SDK', 'Java SDK'),
  // Cloud: meta, Go V2 and Python V2 have the one path; Go, Python and Java the other.
  route: { method: 'POST', path: '/v2/volume/modify/deleteProtection' },
  aliases: [{ method: 'POST', path: '/v2/volume/modifyDeleteProtection' }],
  request: { query: TokenQuery, body: Type.Object({ volumeIds: Ids, enableDeleteProtection: Type.Boolean() }) },
  response: NoBody,
  errors: ['BadRequest', 'NoSuchObject'],
  reach: {
    BadRequest: statement('Leave out a member, or send an empty list.', unsaid('5.3.9')),
    NoSuchObject: statement('An id that no volume has; then nothing changes.', unsaid('5.3.9'))
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
