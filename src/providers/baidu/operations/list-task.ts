import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { TASKS_MAX, TaskOut } from '../matters/tasks.ts'
import { page } from '../sources.ts'
import { envelopeOf, pageSizeOf } from '../wire/convert.ts'
import { MarkerBody, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const TASKS_USUAL = 10
const Ignored = Type.Optional(Type.String({ ignored: true }))

export const listTask = operation({
  name: 'ListTask',
  summary: 'List the tasks of the last seven days: there are none.',
  evidence: page('Query the task list, https://cloud.baidu.com/doc/BCC/s/0mfp1qdu1', '5.4'),
  route: { method: 'POST', path: '/v2/task/list' },
  request: {
    query: TokenQuery,
    body: Type.Object({
      taskIds: Type.Optional(Type.Array(Type.String(), { maxItems: TASKS_MAX, ignored: true })),
      resourceIds: Type.Optional(Type.Array(Type.String(), { maxItems: TASKS_MAX, ignored: true })),
      ...MarkerBody,
      taskAction: Ignored,
      taskStatus: Ignored,
      startTime: Ignored,
      endTime: Ignored
    })
  },
  response: Type.Object({
    marker: Type.String(),
    isTruncated: Type.Boolean(),
    maxKeys: Type.Integer(),
    tasks: Type.Array(TaskOut)
  }),
  errors: ['BadRequest'],
  reach: { BadRequest: 'maxKeys below 1; more than 100 ids.' },
  notes: [
    statement(
      'The only documented action moves instances between deployment sets, which are out of scope.',
      page('Query the task list, https://cloud.baidu.com/doc/BCC/s/0mfp1qdu1', '5.4')
    )
  ],
  run({ body }) {
    return { ...envelopeOf(body.marker, pageSizeOf(body.maxKeys, TASKS_MAX, TASKS_USUAL), []), tasks: [] }
  }
})
