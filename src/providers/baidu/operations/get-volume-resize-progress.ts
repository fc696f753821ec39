import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, inferred, unsaid } from '../sources.ts'
import { findVolume } from '../wire/lookups.ts'
import { unknown } from '../wire/reasons.ts'
import { ResourceParams } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const SYSTEM_DELAY_MS = 300

export const getVolumeResizeProgress = operation({
  name: 'GetVolumeResizeProgress',
  summary: 'Show how far a resize is, in percent.',
  evidence: client('5.3.7', 'Go SDK', 'Go SDK V2'),
  route: { method: 'GET', path: '/v2/volume/progress/:volumeId' },
  request: { params: ResourceParams.volume },
  // Cloud: Go V2 reads `progress`, Go the first of `result`.
  response: Type.Object({
    progress: Type.Integer(),
    result: Type.Array(Type.Object({ progress: Type.Integer() }))
  }),
  errors: ['NoSuchObject'],
  reach: { NoSuchObject: statement('An id that no volume has.', inferred('GetVolume answers it', '5.3.3')) },
  notes: [statement('100 when nothing is running; while it is, the share of the delay that is over.', unsaid('5.3.7'))],
  run({ params, cloud, now, fail }) {
    const volume = findVolume(cloud, params.volumeId)
    if (!volume) throw fail('NoSuchObject', unknown('params.volumeId', params.volumeId))
    const wholeMs = Math.max(1, cloud.setting('delays.baidu.resizeMs') ?? SYSTEM_DELAY_MS)
    const restMs = volume.activity === 'resizing' ? Math.max(0, (volume.activityEndsAt ?? now) - now) : 0
    const isRunning = volume.activity === 'resizing'
    const progress = isRunning ? Math.max(0, Math.min(99, Math.floor(100 * (1 - restMs / wholeMs)))) : 100
    return { progress, result: [{ progress }] }
  }
})
