import { Type } from '@sinclair/typebox'
import { DAY_MS } from '../../../core/model/clock.ts'
import { statement } from '../../evidence.ts'
import { volumeRefusal } from '../rules/states.ts'
import { codeless, inferred, page, unsaid } from '../sources.ts'
import { boundTags, toTags } from '../wire/convert.ts'
import { findVolumeOrSystem, isInstanceSteady } from '../wire/lookups.ts'
import { unknown, volumeInState, why } from '../wire/reasons.ts'
import { Description, Id, OwnTokenQuery, SnapshotName, TagIn } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const createSnapshot = operation({
  name: 'CreateSnapshot',
  summary: 'Start a manual snapshot of one volume.',
  evidence: page('Create snapshot', '5.2.1'),
  route: { method: 'POST', path: '/v2/snapshot' },
  request: {
    query: OwnTokenQuery,
    body: Type.Object({
      volumeId: Id,
      snapshotName: SnapshotName,
      desc: Description,
      tags: Type.Optional(Type.Array(TagIn)),
      retentionInDays: Type.Optional(Type.Union([Type.Literal(-1), Type.Integer({ minimum: 1, maximum: 10_000 })]))
    })
  },
  response: Type.Object({ snapshotId: Type.String() }),
  makes: 'snapshot',
  errors: [
    'BadRequest',
    'Snapshot.SnapshotNameInvalid',
    'Instance.SnapshotLimitExceeded',
    'NoSuchObject',
    'OperationDenied'
  ],
  reach: {
    BadRequest: 'Leave out volumeId or snapshotName; retentionInDays 0 or 10001; a desc with "!".',
    'Snapshot.SnapshotNameInvalid': 'Begin the name with a digit.',
    'Instance.SnapshotLimitExceeded': 'baidu.manualSnapshotLimit (512) manual snapshots of the volume, and one more.',
    NoSuchObject: statement('A volumeId that no volume and no instance has.', unsaid('5.2.1')),
    OperationDenied: statement(
      'A volume that is neither Available nor InUse, a local disk, or a system disk whose instance is neither Running nor Stopped.',
      codeless('5.2.1, Q21')
    )
  },
  notes: [
    statement(
      'Tags are bound to the snapshot chain.',
      inferred('tags are bound to chains by an operation, to snapshots by none', '5.2.1')
    ),
    statement('retentionInDays -1 is for ever.', page('Create snapshot', '5.2.1'))
  ],
  run({ body, cloud, now, fail }) {
    const volume = findVolumeOrSystem(cloud, body.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('body.volumeId', body.volumeId))
    if (!volume.detail.listed) throw fail('OperationDenied', why('body.volumeId', 'A local disk has no snapshots.'))
    const refusal = volumeRefusal('CreateSnapshot', volume)
    if (refusal) throw fail(refusal, volumeInState('body.volumeId', volume))
    if (volume.kind === 'System' && !isInstanceSteady(cloud, volume)) {
      throw fail('OperationDenied', why('body.volumeId', 'The instance is neither Running nor Stopped.'))
    }
    const limit = cloud.setting('baidu.manualSnapshotLimit')
    if (volume.manualCount >= limit) {
      throw fail('Instance.SnapshotLimitExceeded', why('baidu.manualSnapshotLimit', `It allows ${limit} for a volume.`))
    }
    const days = body.retentionInDays ?? -1
    const isFirst = volume.manualCount + volume.autoCount === 0
    // A chain ends with its last snapshot (Q26), and so do its tags.
    const chainTags = boundTags(isFirst ? [] : volume.detail.chainTags, toTags(body.tags))
    const isTagged = chainTags.length > 0 || volume.detail.chainTags.length > 0
    const tagged = isTagged ? cloud.changeVolume(volume, { detail: { chainTags } }) : volume
    const snapshot = cloud.startSnapshot(tagged, {
      name: body.snapshotName,
      expiresAt: days === -1 ? null : now + days * DAY_MS,
      detail: {
        desc: body.desc ?? '',
        encrypted: volume.detail.encrypted,
        package: false,
        templateId: null,
        insnapId: null
      }
    })
    return { snapshotId: snapshot.id }
  }
})
