import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { ifGiven } from '../../wire/given.ts'
import { client, inferred, page, unsaid } from '../sources.ts'
import { offsetOf, toNumbers, toRetention, toWeekdays } from '../wire/convert.ts'
import { unknown, weekday7 } from '../wire/reasons.ts'
import { AspName, Id, NoBody, OwnTokenQuery, RepeatWeekdays, RetentionDays, TimePoints } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const updateAsp = operation({
  name: 'UpdateAsp',
  summary: "Change a policy's name, schedule or retention.",
  evidence: page('Update ASP', '5.1.2'),
  route: { method: 'PUT', path: '/v2/asp/update' },
  request: {
    query: OwnTokenQuery,
    body: Type.Object(
      {
        aspId: Id,
        // Cloud: the Go SDK sends "" and null for what the caller left out (baidu.md 5.1.2).
        name: Type.Optional({ ...AspName, emptyIsAbsent: true }),
        retentionDays: Type.Optional({ ...RetentionDays, emptyIsAbsent: true }),
        timePoints: Type.Optional(TimePoints),
        repeatWeekdays: Type.Optional(RepeatWeekdays)
      },
      { ownOrder: true }
    )
  },
  response: NoBody,
  errors: [
    'BadRequest',
    'Asp.NameInvalid',
    'Asp.RetentionDaysInvalid',
    'Asp.TimePointsInvalid',
    'Asp.RepeatWeekdaysInvalid',
    'NoSuchObject'
  ],
  reach: {
    BadRequest: statement('Leave out aspId.', unsaid('5.1.2')),
    'Asp.NameInvalid': 'Begin the name with a digit.',
    'Asp.RetentionDaysInvalid': 'retentionDays 0, 10001 or text that is no number.',
    'Asp.TimePointsInvalid': 'An empty list, or a time point beyond 23.',
    'Asp.RepeatWeekdaysInvalid': 'An empty list, or a weekday beyond 6 (beyond 7 with baidu.acceptWeekday7).',
    NoSuchObject: statement(
      'An aspId that no policy has.',
      inferred('Terraform needs it on detail and delete', '5.1.2, Q16')
    )
  },
  notes: [
    statement(
      'A member that is missing, null or (name, retentionDays) empty keeps its value.',
      client('5.1.2, Q15', 'Python SDK', 'Python SDK V2', 'Go SDK V2', 'Go SDK')
    ),
    statement('Snapshots that exist keep their expiry.', unsaid('5.1.2')),
    statement('The offset of the hours is read anew from baidu.utcOffset.', unsaid('4.1, Q2'))
  ],
  run({ body, cloud, now, fail }) {
    const weekdays = body.repeatWeekdays && toNumbers(body.repeatWeekdays)
    if (weekdays?.includes(7) && !cloud.setting('baidu.acceptWeekday7')) {
      throw fail('Asp.RepeatWeekdaysInvalid', weekday7)
    }
    const policy = cloud.findPolicy(body.aspId)
    if (!policy) throw fail('NoSuchObject', unknown('body.aspId', body.aspId))
    cloud.changePolicy(policy, {
      name: body.name,
      hours: ifGiven(body.timePoints, toNumbers),
      weekdays: ifGiven(weekdays, toWeekdays),
      retentionDays: ifGiven(body.retentionDays, toRetention),
      utcOffsetMinutes: offsetOf(cloud),
      detail: { updatedAt: now, weekdays }
    })
  }
})
