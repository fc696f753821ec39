import { Type } from '@sinclair/typebox'

export const TASKS_MAX = 100

/** No operation here makes tasks; this is what one would look like. */
export const TaskOut = Type.Object({
  taskId: Type.String(),
  taskAction: Type.String(),
  taskStatus: Type.String(),
  createdTime: Type.String(),
  finishedTime: Type.String(),
  totalCount: Type.Integer(),
  successCount: Type.Integer(),
  failedCount: Type.Integer()
})
