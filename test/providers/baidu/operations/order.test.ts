import { expect, test } from 'vitest'
import { stages } from '../stage.ts'

const stage = stages()

test.for([
  [{ cdsSizeInGB: 4, instanceId: 'none' }, 'BadRequest'],
  [{ cdsSizeInGB: 32_766, snapshotId: 'none' }, 'BadRequest'],
  [{ instanceId: 'none' }, 'BadRequest'],
  [{ cdsSizeInGB: 99, snapshotId: 's-ok', instanceId: 'none' }, 'NoSuchObject'],
  [{ cdsSizeInGB: 99, snapshotId: 's-ok' }, 'BadRequest'],
  [{ cdsSizeInGB: 5, snapshotId: 's-creating', zoneName: 'cn-bj-z' }, 'BadRequest']
] as const)(
  '5. rules of members come before existence, which comes before what a snapshot says: %o',
  async ([body, code]) => {
    const { call, volumes } = await stage()
    const before = await volumes()
    expect((await call('POST /v2/volume', body)).code).toBe(code)
    expect(await volumes()).toEqual(before)
  }
)
