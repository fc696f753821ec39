import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { client, unsaid } from '../sources.ts'
import { REQUEST_ID } from '../wire/convert.ts'
import { TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const path = '/v2/snapshot/describeSnapshotsUsage'

export const describeSnapshotsUsage = operation({
  name: 'DescribeSnapshotsUsage',
  summary: 'Count the snapshots of this account and sum their sizes.',
  evidence: client('5.2.13', 'Go SDK V2', 'Python SDK V2'),
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
  notes: [
    statement('snapshotCapacity is in GB.', unsaid('5.2.13')),
    statement('Copies from another region count as manual.', unsaid('5.2.13'))
  ],
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
