import { Type } from '@sinclair/typebox'
import { DAY_MS } from '../../../core/model/clock.ts'
import { resting, statement } from '../../evidence.ts'
import { METRICS, seriesOf } from '../matters/metrics.ts'
import { bySetting, invented, models, unsaid } from '../sources.ts'
import { toInstant } from '../wire/convert.ts'
import { unknown, why } from '../wire/lookups.ts'
import { Id, nullable, Timestamp, UtcTime, wordOf } from '../wire/schemas.ts'
import { NEW_VERSION, operation, zec } from './operation.ts'

const NOTHING_MEASURED = invented('there is no disk to measure', '5.28')
const LONGEST_MS = 31 * DAY_MS

export const describeDiskMonitorData = operation({
  name: 'DescribeDiskMonitorData',
  summary: 'One metric of a disk over time.',
  evidence: models('5.28'),
  route: zec('DescribeDiskMonitorData'),
  versions: NEW_VERSION,
  request: {
    body: Type.Object({
      diskId: Id,
      metricType: wordOf(METRICS),
      startTime: UtcTime,
      endTime: UtcTime,
      step: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(5)], { default: 5 }))
    })
  },
  response: Type.Object({
    maxValue: Type.Number({ evidence: NOTHING_MEASURED }),
    minValue: Type.Number({ evidence: NOTHING_MEASURED }),
    avgValue: Type.Number({ evidence: NOTHING_MEASURED }),
    metrics: Type.Array(Type.Object({ time: Timestamp, value: resting(nullable(Type.Number()), NOTHING_MEASURED) }))
  }),
  errors: ['INVALID_PARAMETER_VALUE', 'INVALID_DISK_NOT_FOUND', 'OPERATION_FAILED_RESOURCE_NOT_FOUND'],
  reach: {
    INVALID_PARAMETER_VALUE: statement(
      'An `endTime` before `startTime`, or more than 31 days after it.',
      unsaid('5.28')
    ),
    INVALID_DISK_NOT_FOUND: statement('An unknown `diskId`.', unsaid('5.28')),
    OPERATION_FAILED_RESOURCE_NOT_FOUND: statement(
      'The same, with the setting `zenlayer.diskNotFoundCode`.',
      bySetting('3.1')
    )
  },
  notes: [
    statement(
      'Values depend on disk, metric and time only; null before the disk was made and after now.',
      invented('there is no disk to measure', '5.28')
    ),
    statement('Without any value the greatest, the least and the average are 0.', unsaid('5.28'))
  ],
  run({ body, cloud, now, fail }) {
    const from = toInstant(body.startTime)
    const to = toInstant(body.endTime)
    if (to < from) throw fail('INVALID_PARAMETER_VALUE', why('endTime', 'before startTime'))
    if (to - from > LONGEST_MS) throw fail('INVALID_PARAMETER_VALUE', why('endTime', 'more than 31 days later'))
    const disk = cloud.findVolume(body.diskId)
    if (!disk) throw fail(cloud.setting('zenlayer.diskNotFoundCode'), unknown('diskId', body.diskId))
    return seriesOf(disk, body.metricType, from, to, body.step ?? 5, now)
  }
})
