import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { TASKS_MAX, TaskOut } from '../matters/tasks.ts'
import { inferred, page } from '../sources.ts'
import { TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const getTask = operation({
  name: 'GetTask',
  summary: 'Show tasks of the last seven days: there are none.',
  evidence: page('Query task details, https://cloud.baidu.com/doc/BCC/s/ymfotbsys', '5.4'),
  route: { method: 'POST', path: '/v2/task/detail' },
  request: {
    query: TokenQuery,
    body: Type.Object({
      taskIds: Type.Array(Type.String(), { minItems: 1, maxItems: TASKS_MAX }),
      maxKeys: Type.Optional(Type.Integer({ minimum: 1, ignored: true }))
    })
  },
  response: Type.Object({ tasks: Type.Array(TaskOut) }),
  errors: ['BadRequest'],
  reach: { BadRequest: 'Leave out taskIds; none, or more than 100 of them.' },
  notes: [
    statement(
      'An id that no task has is left out of the answer: all are.',
      inferred('the answer lists what is found', '5.4')
    )
  ],
  run: () => ({ tasks: [] })
})
