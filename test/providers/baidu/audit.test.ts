import { describe, expect, test } from 'vitest'
import { row, rows, stage } from './stage.ts'

// Sentences of baidu.md, one by one, that no other file holds.

describe('5.2.11 CancelSnapshotShare', () => {
  test('the path that misses its slash, as the bce CLI has it, is served', async () => {
    const { ok, control } = await stage()
    const reply = await ok('POST /v2snapshot/unShare', { sourceSnapshotId: 's-ok' })
    expect(reply).toEqual({ sourceSnapshotId: 's-ok', shareSnapshotId: 'share-one' })
    const { requests } = row((await control('GET', '/requests?limit=1')).body)
    expect(rows(requests)).toMatchObject([{ operation: 'CancelSnapshotShare', version: 'v2' }])
  })
})
