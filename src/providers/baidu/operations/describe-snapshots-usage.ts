import { Type } from '@sinclair/typebox'
import { REQUEST_ID } from '../wire/convert.ts'
import { TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const path = '/v2/snapshot/describeSnapshotsUsage'

export const describeSnapshotsUsage = operation({
  name: 'DescribeSnapshotsUsage',
  summary: 'Count the snapshots of this account and sum their sizes.',
  source: 'Go SDK V2 (baidu.md 5.2.13)',
  route: { method: 'POST', path },
  // Cloud: go2 and py2 say POST, the page of 2026-06-22 PUT, whose example has the request id in its body.
  aliases: [{ method: 'PUT', path }],
  request: { query: TokenQuery },
  response: Type.Object({
    /** With PUT only. */
    requestId: Type.Optional(Type.String()),
    snapshotCount: Type.Integer(),
    autoSnapshotCount: Type.Integer(),
    manualSnapshotCount: Type.Integer(),
    snapshotCapacity: Type.Number()
  }),
  errors: [],
  notes: ['snapshotCapacity is in GB (proposed). Copies from another region count as manual.'],
  run({ cloud, method }) {
    const snapshotCount = cloud.countSnapshots({})
    const autoSnapshotCount = cloud.countSnapshots({ origins: ['policy'] })
    return {
      requestId: method === 'PUT' ? REQUEST_ID : undefined,
      snapshotCount,
      autoSnapshotCount,
      manualSnapshotCount: snapshotCount - autoSnapshotCount,
      snapshotCapacity: cloud.sumSnapshotSizes({})
    }
  }
})
