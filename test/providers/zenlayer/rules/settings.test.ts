import { expect, test } from 'vitest'
import { start } from '../../../harness.ts'
import { rows, stages } from '../stage.ts'

const stage = stages()

test('6.4: the settings are those of the table, with its defaults', async () => {
  const { control } = await start().then(async (server) => {
    const listed = await server.control('GET', '/settings')
    await server.close()
    return { control: listed.body }
  })
  const own = rows(control).filter(({ name }) => /^(delays\.)?zenlayer\./.test(String(name)))
  const transitions = [
    'snapshotCreate',
    'snapshotDelete',
    'rollback',
    'diskCreate',
    'attach',
    'detach',
    'resize',
    'release'
  ]
  const delays = [...transitions, 'recycle', 'instanceStart', 'instanceStop'].map(
    (transition) => `delays.zenlayer.${transition}Ms`
  )
  expect(Object.fromEntries(own.map(({ name, default: value }) => [name, value]))).toEqual({
    'zenlayer.recycleBin': false,
    'zenlayer.diskNotFoundCode': 'INVALID_DISK_NOT_FOUND',
    'zenlayer.instanceDiskLimit': 15,
    'zenlayer.plainMessages': false,
    'zenlayer.snapshotQuota': 0,
    'zenlayer.attachDuringSnapshot': true,
    'zenlayer.releaseKeepsSnapshots': false,
    ...Object.fromEntries(delays.map((name) => [name, null]))
  })
})

test('6.4: the short name of a delay stands for this cloud, too', async () => {
  const { ok, snapshot } = await stage({ 'delays.snapshotCreateMs': 5000 })
  const { snapshotId } = await ok('CreateSnapshot', { diskId: 'd-free', snapshotName: 'x' })
  expect((await snapshot(snapshotId)).status).toBe('CREATING')
})
