import { expect, test } from 'vitest'
import { start } from '../../../harness.ts'
import { row, rows } from '../stage.ts'

test('question 30: a fresh world has a running instance, a group, and a zone without snapshots', async () => {
  const { zenlayer, close } = await start()
  const listOf = async (action: string, member: string, body: object = {}) =>
    rows(row(row((await zenlayer(action, body)).body).response)[member])
  const zones = await listOf('DescribeZones', 'zoneSet')
  expect(zones.map(({ zoneId }) => zoneId)).toContain('asia-east-1a')
  expect(new Set(zones.map(({ regionId }) => regionId)).size).toBe(zones.length)
  const refusals = await Promise.all(
    zones.map(async ({ zoneId }) => {
      const policy = { zoneId, autoSnapshotPolicyName: 'daily', repeatWeekDays: [1], hours: [0] }
      return [zoneId, (await zenlayer('CreateAutoSnapshotPolicy', policy)).code]
    })
  )
  expect(refusals.filter(([, code]) => code !== undefined)).toEqual([
    [expect.any(String), 'INVALID_SNAPSHOT_REGION_NOT_SUPPORT']
  ])
  const [instance] = await listOf('DescribeInstances', 'dataSet')
  expect(instance).toMatchObject({ zoneId: 'asia-east-1a', status: 'RUNNING' })
  expect(row(instance).instanceId).toMatch(/^\d{19}$/)
  expect(await listOf('DescribeResourceGroups', 'resourceGroups')).toMatchObject([{ name: 'Default Resource Group' }])
  for (const { diskId, serial } of await listOf('DescribeDisks', 'dataSet')) {
    expect(diskId).toMatch(/^\d{19}$/)
    expect(serial).toMatch(/^[0-9a-z]{20}$/)
  }
  await close()
})
