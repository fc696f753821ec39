import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { inferred, page, unsaid } from '../sources.ts'
import { offsetOf, toNumbers, toRetention, toWeekdays } from '../wire/convert.ts'
import { weekday7 } from '../wire/reasons.ts'
import { AspName, OwnTokenQuery, RepeatWeekdays, RetentionDays, TimePoints } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const createAsp = operation({
  name: 'CreateAsp',
  summary: 'Create an automatic snapshot policy.',
  evidence: page('Create ASP', '5.1.1'),
  route: { method: 'POST', path: '/v2/asp' },
  request: {
    query: OwnTokenQuery,
    // The order of the page's error table is the order of checks.
    body: Type.Object(
      { name: AspName, retentionDays: RetentionDays, timePoints: TimePoints, repeatWeekdays: RepeatWeekdays },
      { ownOrder: true }
    )
  },
  response: Type.Object({ aspId: Type.String() }),
  errors: [
    'BadRequest',
    'Asp.NameInvalid',
    'Asp.RetentionDaysInvalid',
    'Asp.TimePointsInvalid',
    'Asp.RepeatWeekdaysInvalid'
  ],
  reach: {
    BadRequest: statement(
      'Leave out timePoints, repeatWeekdays or retentionDays, or send another JSON type.',
      unsaid('5.1.1')
    ),
    'Asp.NameInvalid': 'Leave out the name, or begin it with a digit.',
    'Asp.RetentionDaysInvalid': 'retentionDays 0, 10001 or text that is no number.',
    'Asp.TimePointsInvalid': 'An empty list, or a time point beyond 23.',
    'Asp.RepeatWeekdaysInvalid': 'An empty list, or a weekday beyond 6 (beyond 7 with baidu.acceptWeekday7).'
  },
  notes: [
    statement('0 is Sunday.', inferred('the manuals of three SDKs; other sources contradict them', '4.1, Q1')),
    statement('Hours are those of baidu.utcOffset when the policy is created.', unsaid('4.1, Q2')),
    statement('retentionDays goes up to 10000.', page('Create ASP', '5.1.1, Q3')),
    statement('There is no limit of policies.', unsaid('5.1.1, Q34'))
  ],
  run({ body, cloud, now, fail }) {
    const weekdays = toNumbers(body.repeatWeekdays)
    if (weekdays.includes(7) && !cloud.setting('baidu.acceptWeekday7')) {
      throw fail('Asp.RepeatWeekdaysInvalid', weekday7)
    }
    const policy = cloud.createPolicy({
      name: body.name,
      zone: '',
      group: '',
      hours: toNumbers(body.timePoints),
      weekdays: toWeekdays(weekdays),
      utcOffsetMinutes: offsetOf(cloud),
      retentionDays: toRetention(body.retentionDays),
      detail: { updatedAt: now, weekdays }
    })
    return { aspId: policy.id }
  }
})
