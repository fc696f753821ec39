import { describe, expect, test } from 'vitest'
import { disk, place, policy, rows, stages } from '../stage.ts'

const stage = stages()

describe('places', () => {
  test('DescribeZones lists every field of every zone, at both versions', async () => {
    const { ok } = await stage()
    const { zoneSet } = await ok('DescribeZones')
    expect(rows(zoneSet).map(({ zoneId }) => zoneId)).toEqual(['zone-a', 'zone-b', 'zone-bare'])
    expect(rows(zoneSet)[0]).toEqual({
      zoneId: 'zone-a',
      zoneName: 'zone-a',
      regionId: 'region-1',
      supportSecurityGroup: true,
      timeZone: 'UTC',
      cityName: 'Hong Kong',
      cityCode: 'HKG',
      countryCode: 'HK',
      countryName: '',
      supportHaVip: true
    })
    expect(await ok('DescribeZones', { zoneIds: [] }, '2024-04-01')).toEqual({ zoneSet })
    expect(rows((await ok('DescribeZones', { zoneIds: ['zone-b', 'none'] })).zoneSet)).toHaveLength(1)
  })

  test('regions are those of the zones, each once', async () => {
    const { ok } = await stage()
    expect(await ok('DescribeDiskRegions', { chargeType: 'POSTPAID' })).toEqual({
      regionIds: ['region-1', 'region-bare']
    })
    const { regionSet } = await ok('DescribeRegions')
    expect(rows(regionSet).map(({ regionId }) => regionId)).toEqual(['region-1', 'region-bare'])
    expect(await ok('DescribeRegions', { regionIds: ['none'] })).toEqual({ regionSet: [] })
  })

  test('every zone has both disk categories', async () => {
    const { ok } = await stage()
    const both = ['Basic NVMe SSD', 'Standard NVMe SSD']
    const all = ['zone-a', 'zone-b', 'zone-bare'].map((zoneId) => ({ zoneId, categorySet: both }))
    expect(await ok('DescribeDiskCategory')).toEqual({ categoryZoneSet: all })
    expect(await ok('DescribeDiskCategory', { zoneId: 'zone-b', diskCategory: both[0] })).toEqual({
      categoryZoneSet: [{ zoneId: 'zone-b', categorySet: [both[0]] }]
    })
    expect(await ok('DescribeDiskCategory', { zoneId: 'none' })).toEqual({ categoryZoneSet: [] })
    expect(await ok('DescribeDiskCategory', { diskCategory: 'SSD' })).toEqual({ categoryZoneSet: [] })
  })

  test('DescribeTimeZones lists names of the tz database, those of the zones among them', async () => {
    const east = { ...place, zones: [{ zoneId: 'z', regionId: 'r', timeZone: 'Asia/Kolkata' }], ...nothing }
    const { timeZones } = await (await stage({}, east)).ok('DescribeTimeZones')
    expect(timeZones).toContain('Asia/Kolkata')
    if (!Array.isArray(timeZones)) throw new Error('no list')
    for (const timeZone of timeZones) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow()
    expect(new Set(timeZones).size).toBe(timeZones.length)
  })
})
const nothing = { instances: [], policies: [], disks: [], snapshots: [] }

describe('instances', () => {
  const seeded = {
    ...place,
    instances: [
      {
        instanceId: 'i-1',
        instanceName: 'web-1',
        zoneId: 'zone-a',
        imageId: 'image-1',
        privateIpAddresses: ['10.0.0.1'],
        publicIpAddresses: ['203.0.113.1', '2001:db8::1'],
        tags: [{ key: 'env', value: 'prod' }]
      },
      {
        instanceId: 'i-2',
        instanceName: 'web-10',
        zoneId: 'zone-b',
        status: 'STOPPED',
        resourceGroupId: 'group-other'
      },
      { instanceId: 'i-3', instanceName: 'db', zoneId: 'zone-a', status: 'RECYCLE' }
    ],
    policies: [],
    disks: [
      disk('d-boot', { diskType: 'SYSTEM', instanceId: 'i-1' }),
      disk('d-1', { instanceId: 'i-1', diskCategory: 'Basic NVMe SSD' }),
      disk('d-2', { instanceId: 'i-1', diskStatus: 'ATTACHING' }),
      disk('d-free')
    ],
    snapshots: []
  }
  test.for([
    [{}, ['i-3', 'i-2', 'i-1']],
    [{ instanceIds: ['i-1', 'none', 'i-1'] }, ['i-1']],
    [{ instanceIds: ['none'] }, []],
    [{ zoneId: 'zone-b' }, ['i-2']],
    [{ imageId: 'image-1' }, ['i-1']],
    [{ ipv4Address: '10.0.0.1' }, ['i-1']],
    [{ ipv4Address: '203.0.113.1', ipv6Address: '2001:db8::1' }, ['i-1']],
    [{ ipv4Address: '10.0.0' }, []],
    [{ ipv6Address: '2001:db8::2' }, []],
    [{ status: 'RUNNING' }, ['i-1']],
    [{ status: 'STOPPED' }, ['i-2']],
    [{ status: 'RECYCLE' }, ['i-3']],
    [{ status: 'BOOTING' }, []],
    [{ name: '^web-1$' }, ['i-1']],
    [{ name: 'web' }, ['i-2', 'i-1']],
    [{ resourceGroupId: 'group-other' }, ['i-2']],
    [{ tagKeys: ['env'], tags: [{ key: 'env', value: 'prod' }] }, ['i-1']],
    [{ pageSize: 1, pageNum: 3 }, ['i-1']]
  ] as const)('DescribeInstances filters by %j', async ([filter, expected]) => {
    const { list } = await stage({}, seeded)
    expect((await list('DescribeInstances', filter)).map(({ instanceId }) => instanceId)).toEqual(expected)
  })

  test('shows its disks: the boot disk, and the data disks that are attached or on their way', async () => {
    const { instance } = await stage({}, seeded)
    expect(await instance('i-1')).toMatchObject({
      systemDisk: { diskId: 'd-boot', diskSize: 40, diskCategory: 'Standard NVMe SSD', burstingEnabled: false },
      dataDisks: [
        {
          diskId: 'd-1',
          diskName: 'd-1',
          diskSize: 40,
          portable: true,
          burstingEnabled: false,
          diskCategory: 'Basic NVMe SSD'
        },
        { diskId: 'd-2' }
      ],
      tags: { tags: [{ key: 'env', value: 'prod' }] }
    })
    expect(await instance('i-2')).toMatchObject({ systemDisk: null, dataDisks: [], tags: { tags: [] } })
  })

  test('DescribeInstancesStatus tells the real status', async () => {
    const { ok } = await stage({}, seeded)
    expect(await ok('DescribeInstancesStatus', { instanceIds: ['i-1', 'i-3', 'none'] })).toEqual({
      totalCount: 2,
      dataSet: [
        { instanceId: 'i-3', instanceStatus: 'RECYCLE' },
        { instanceId: 'i-1', instanceStatus: 'RUNNING' }
      ]
    })
    expect((await ok('DescribeInstancesStatus', { resourceGroupId: 'group-other' })).totalCount).toBe(1)
  })

  test.for([
    ['DescribeInstances', { instanceIds: Array.from({ length: 101 }, String) }, 'INVALID_PARAMETER_EXCEED_LENGTH'],
    ['DescribeInstances', { status: 'STARTING' }, 'INVALID_PARAMETER_VALUE'],
    [
      'DescribeInstancesStatus',
      { instanceIds: Array.from({ length: 101 }, String) },
      'INVALID_PARAMETER_EXCEED_LENGTH'
    ],
    ['StopInstances', { instanceIds: [] }, 'MISSING_PARAMETER'],
    ['StopInstances', { instanceIds: ['i-1'], forceShutdown: 'yes' }, 'INVALID_PARAMETER_TYPE']
  ] as const)('%s refuses %j', async ([action, body, code]) => {
    const { zenlayer } = await stage({}, seeded)
    expect(await zenlayer(action, body)).toMatchObject({ status: 400, code })
  })

  test('stop, detach, start: the way of a client that cannot skip the check', async () => {
    const delays = { 'delays.zenlayer.instanceStopMs': 1000, 'delays.zenlayer.instanceStartMs': 1000 }
    const { ok, zenlayer, instance, disk: show, advance } = await stage(delays, seeded)
    const detach = { diskIds: ['d-1'] }
    expect((await zenlayer('DetachDisks', detach)).code).toBe('UNSUPPORTED_OPERATION_INSTANCE_STATUS')
    expect(await ok('StopInstances', { instanceIds: ['i-1', 'i-1'] })).toEqual({ instanceIds: [] })
    expect((await instance('i-1')).status).toBe('STOPPING')
    expect((await zenlayer('DetachDisks', detach)).code).toBe('UNSUPPORTED_OPERATION_INSTANCE_STATUS')
    await advance('PT1S')
    expect((await instance('i-1')).status).toBe('STOPPED')
    expect((await show('d-1')).instanceId).toBe('i-1')
    await ok('DetachDisks', detach)
    await ok('StartInstances', { instanceIds: ['i-1'] })
    expect((await instance('i-1')).status).toBe('BOOTING')
    await advance('PT1S')
    expect((await instance('i-1')).status).toBe('RUNNING')
  })
})

describe('resource groups', () => {
  test('there is the seed’s, and what CreateResourceGroup made', async () => {
    const { ok } = await stage()
    const made = await ok('CreateResourceGroup', { name: 'Team' })
    expect(made).toEqual({
      resourceGroupId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      name: 'Team',
      createTime: '2026-01-05T08:00:00Z'
    })
    const again = await ok('CreateResourceGroup', { name: 'Team' })
    expect(again.resourceGroupId).not.toBe(made.resourceGroupId)
    const { resourceGroups } = await ok('DescribeResourceGroups')
    expect(rows(resourceGroups).map(({ name }) => name)).toEqual(['Default Resource Group', 'Other', 'Team', 'Team'])
    expect(rows(resourceGroups)[2]).toEqual(made)
  })

  test.for([
    [{}, 'MISSING_PARAMETER'],
    [{ name: '' }, 'MISSING_PARAMETER'],
    [{ name: 'x'.repeat(65) }, 'INVALID_PARAMETER_EXCEED_LENGTH'],
    [{ name: 1 }, 'INVALID_PARAMETER_TYPE']
  ] as const)('CreateResourceGroup %j: %s', async ([body, code]) => {
    const { zenlayer } = await stage()
    expect(await zenlayer('CreateResourceGroup', body)).toMatchObject({ status: 400, code })
  })

  test('disks, policies and instances move, snapshots stay', async () => {
    const { ok, disk: show, policy: showPolicy, instance, snapshot } = await stage()
    const { resourceGroupId } = await ok('CreateResourceGroup', { name: 'Team' })
    await ok('AddResourceResourceGroup', { resources: ['d-free', 'p-one', 'i-running', 'd-free'], resourceGroupId })
    expect(await show('d-free')).toMatchObject({ resourceGroupId, resourceGroupName: 'Team' })
    expect((await showPolicy('p-one')).resourceGroup).toEqual({ resourceGroupId, resourceGroupName: 'Team' })
    expect(await instance('i-running')).toMatchObject({ resourceGroupId, resourceGroupName: 'Team' })
    expect((await snapshot('s-ok')).resourceGroup).toMatchObject({ resourceGroupId: 'group-default' })
  })

  test('the group is looked for before the resources', async () => {
    const { zenlayer } = await stage()
    const reply = await zenlayer('AddResourceResourceGroup', { resources: ['none'], resourceGroupId: 'none' })
    expect(reply.code).toBe('OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND')
  })
})

describe('tags', () => {
  const tagged = {
    ...place,
    policies: [
      { ...policy('p-one', 'zone-a'), tags: [{ key: 'env', value: 'prod' }] },
      policy('p-two', 'zone-a'),
      policy('p-b', 'zone-b')
    ]
  }
  const change = 'ModifyResourceTags'

  test.for(['d-free', 'p-one', 'i-running'])('of %s are set, kept and removed', async (resourceUuid) => {
    const { ok, advance } = await stage({}, tagged)
    const tagsOf = async () => rows((await ok('DescribeResourceTags', { resourceUuid })).dataSet)
    await ok(change, { resourceUuid, replaceTags: [{ key: 'env', value: 'prod' }, { key: 'team' }] })
    await advance('PT1H')
    await ok(change, {
      resourceUuid,
      replaceTags: [
        { key: 'team', value: 'b' },
        { key: 'new', value: '1' }
      ]
    })
    const later = '2026-01-05T09:00:00Z'
    expect(await tagsOf()).toEqual([
      { key: 'env', value: 'prod', createdDate: expect.not.stringContaining(later) },
      { key: 'team', value: 'b', createdDate: later },
      { key: 'new', value: '1', createdDate: later }
    ])
    await ok(change, {
      resourceUuid,
      replaceTags: [{ key: 'gone', value: '' }],
      deleteTagKeys: ['gone', 'env', 'none']
    })
    expect((await tagsOf()).map(({ key }) => key)).toEqual(['team', 'new'])
    await ok(change, { resourceUuid })
    await ok(change, { resourceUuid, deleteTagKeys: ['team', 'new'] })
    expect(await ok('DescribeResourceTags', { resourceUuid })).toEqual({ totalCount: 0, dataSet: [] })
  })

  test('show on the resource, where a policy without any has null', async () => {
    const { ok, policy: show, disk: showDisk, list } = await stage({}, tagged)
    expect((await show('p-one')).tags).toEqual({ tags: [{ key: 'env', value: 'prod' }] })
    await ok(change, { resourceUuid: 'p-one', deleteTagKeys: ['env'] })
    expect((await show('p-one')).tags).toBeNull()
    await ok(change, { resourceUuid: 'd-free', replaceTags: [{ key: 'k', value: 'v' }] })
    expect((await showDisk('d-free')).tags).toEqual({ tags: [{ key: 'k', value: 'v' }] })
    expect((await list('DescribeDisks', { tags: [{ key: 'k', value: 'v' }] })).map(({ diskId }) => diskId)).toEqual([
      'd-free'
    ])
  })

  test('pages', async () => {
    const { ok } = await stage()
    const replaceTags = Array.from({ length: 25 }, (_, n) => ({ key: `k${n}`, value: 'v' }))
    await ok(change, { resourceUuid: 'd-free', replaceTags })
    const page = await ok('DescribeResourceTags', { resourceUuid: 'd-free', pageNum: 2 })
    expect(page.totalCount).toBe(25)
    expect(rows(page.dataSet).map(({ key }) => key)).toEqual(['k20', 'k21', 'k22', 'k23', 'k24'])
  })
})

describe('prices and metrics', () => {
  test('a price grows with size and number, and is the same again', async () => {
    const { ok } = await stage()
    const price = async (diskSize: number, diskAmount?: number) =>
      (await ok('InquiryPriceCreateDisks', { zoneId: 'zone-a', diskSize, diskAmount })).dataDiskPrice
    const one = await price(100)
    expect(one).toEqual(await price(100, 1))
    expect(one).toEqual({
      discount: 100,
      discountPrice: null,
      originalPrice: null,
      unitPrice: 0.017,
      discountUnitPrice: 0.017,
      chargeUnit: 'HOUR',
      stepPrices: null,
      amountUnit: null,
      excessUnitPrice: null,
      excessDiscountUnitPrice: null,
      excessAmountUnit: null,
      category: 'STANDARD'
    })
    expect(await price(200, 3)).toMatchObject({ unitPrice: 0.102 })
  })

  test('resizing has a price and a performance; the present size is allowed', async () => {
    const { ok, zenlayer } = await stage()
    const answer = await ok('InquiryPriceResizeDisk', { diskId: 'd-free', diskSize: 100 })
    expect(answer).toMatchObject({
      diskPrice: { unitPrice: 0.017 },
      specPrice: null,
      gpuPrice: null,
      acceleratorPrice: null,
      previousPrices: null,
      diskPerf: { maxIops: 8000, maxBandwidth: 170, iopsBurst: 12_000, bandwidthBurst: 255 }
    })
    const larger = await zenlayer('InquiryPriceResizeDisk', { diskId: 'd-free', diskSize: 20_001 })
    expect(larger.code).toBe('INVALID_PARAMETER_EXCEED_MAXIMUM')
    const small = await zenlayer('InquiryPriceResizeDisk', { diskId: 'd-free', diskSize: 19 })
    expect(small.code).toBe('INVALID_PARAMETER_LESS_MINIMUM')
  })

  const asked = {
    diskId: 'd-free',
    metricType: 'DISK_READ_OPS',
    startTime: '2026-01-05T07:00:00Z',
    endTime: '2026-01-05T07:10:00Z'
  }
  test('a series has a point every five minutes, or every minute, and is the same again', async () => {
    const { ok } = await stage()
    const series = await ok('DescribeDiskMonitorData', asked)
    const values = rows(series.metrics).map(({ value }) => Number(value))
    expect(rows(series.metrics).map(({ time }) => time)).toEqual([
      '2026-01-05T07:00:00Z',
      '2026-01-05T07:05:00Z',
      '2026-01-05T07:10:00Z'
    ])
    expect(series).toMatchObject({ maxValue: Math.max(...values), minValue: Math.min(...values) })
    expect(series.avgValue).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 3, 1)
    expect(await ok('DescribeDiskMonitorData', asked)).toEqual(series)
    expect(rows((await ok('DescribeDiskMonitorData', { ...asked, step: 1 })).metrics)).toHaveLength(11)
    const other = await ok('DescribeDiskMonitorData', { ...asked, diskId: 'd-used' })
    expect(other.metrics).not.toEqual(series.metrics)
  })

  test.for([
    [{ step: 2 }, 'INVALID_PARAMETER_VALUE'],
    [{ step: '5' }, 'INVALID_PARAMETER_TYPE'],
    [{ metricType: 'DISK_HEAT' }, 'INVALID_PARAMETER_VALUE'],
    [{ startTime: 'now' }, 'INVALID_PARAMETER_DATE_FORMAT_ERROR'],
    [{ startTime: '' }, 'MISSING_PARAMETER'],
    [{ startTime: '2025-01-01T00:00:00Z' }, 'INVALID_PARAMETER_VALUE'],
    [{ endTime: '2026-01-05T07:00:00Z' }, undefined]
  ] as const)('DescribeDiskMonitorData %j: %s', async ([more, code]) => {
    const { zenlayer } = await stage()
    expect((await zenlayer('DescribeDiskMonitorData', { ...asked, ...more })).code).toBe(code)
  })
})
