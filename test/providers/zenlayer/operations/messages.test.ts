import { describe, expect, test } from 'vitest'
import { shown } from '../../../../src/providers/zenlayer/errors.ts'
import { row, stages } from '../stage.ts'

const stage = stages()

// SDKs, Terraform and zeno show nothing of a refusal but code and message: where it is about something that was not found,
// or about a range or a length, the message names the member and its value, as the one known of the cloud does.

const plain = { 'zenlayer.plainMessages': true }
const long = 'x'.repeat(65)

const cases: readonly (readonly [action: string, body: object, message: string, plain: string])[] = [
  [
    'CreateAutoSnapshotPolicy',
    { zoneId: 'SEL--A', autoSnapshotPolicyName: 'daily', repeatWeekDays: [1], hours: [0] },
    'The specified zoneId `SEL--A` is not found',
    'The specified zone is not found.'
  ],
  [
    'CreateSnapshot',
    { diskId: '42', snapshotName: 'x' },
    'The specified diskId `42` is not found',
    'The specified disk is not found.'
  ],
  [
    'AttachDisks',
    { diskIds: ['d-free', 'd-none'], instanceId: 'i-running' },
    'The specified diskIds `d-none` is not found',
    'The specified disk is not found.'
  ],
  [
    'AttachDisks',
    { diskIds: ['d-free'], instanceId: 'i-none' },
    'The specified instanceId `i-none` is not found',
    'The specified instance is not found.'
  ],
  [
    'ApplySnapshot',
    { snapshotId: 's-b', diskId: 'd-free' },
    'The specified snapshotId `s-b` is not found',
    'The specified snapshot is not found.'
  ],
  [
    'DeleteSnapshots',
    { snapshotIds: ['s-none'] },
    'The specified snapshotIds `s-none` is not found',
    'The specified snapshot is not found.'
  ],
  [
    'DeleteAutoSnapshotPolicies',
    { autoSnapshotPolicyIds: ['p-none'] },
    'The specified autoSnapshotPolicyIds `p-none` is not found',
    'The specified auto snapshot policy is not found.'
  ],
  [
    'ModifyDisksResourceGroup',
    { diskIds: ['d-free'], resourceGroupId: 'none' },
    'The specified resourceGroupId `none` is not found',
    'The specified resource group is not found.'
  ],
  [
    'DescribeResourceTags',
    { resourceUuid: 'none' },
    'The specified resourceUuid `none` is not found',
    'The specified resource is not found.'
  ],
  [
    'CreateDisks',
    { zoneId: 'zone-a', diskName: 'd', diskSize: 20, diskAmount: 2, instanceIds: ['i-running', 'i-none'] },
    'The specified instanceIds `i-none` is not found',
    'The specified instance is not found.'
  ],
  [
    'CreateDisks',
    { zoneId: 'zone-a', diskName: 'd', diskSize: 40_000 },
    'The specified diskSize `40000` exceeds the maximum',
    'The value of a parameter is larger than the maximum.'
  ],
  [
    'CreateDisks',
    { zoneId: 'zone-a', diskName: 'd', diskSize: 1e23 },
    'The specified diskSize `99999999999999991611392` exceeds the maximum',
    'The value of a parameter is larger than the maximum.'
  ],
  [
    'ResizeDisk',
    { diskId: 'd-free', diskSize: 100 },
    'The specified diskSize `100` is less than the minimum',
    'The value of a parameter is smaller than the minimum.'
  ],
  [
    'ModifyAutoSnapshotPolicy',
    { autoSnapshotPolicyId: 'p-one', hours: [1, 24] },
    'The specified hours.1 `24` exceeds the maximum',
    'The value of a parameter is larger than the maximum.'
  ],
  [
    'DescribeSnapshots',
    { pageNum: 0 },
    'The specified pageNum `0` is less than the minimum',
    'The value of a parameter is smaller than the minimum.'
  ],
  [
    'CreateSnapshot',
    { diskId: 'd-free', snapshotName: long },
    `The specified snapshotName \`${long}\` exceeds the maximum length`,
    'A parameter is too long or has too many values.'
  ],
  [
    'CreateSnapshot',
    { diskId: 'd-free', snapshotName: '🧊'.repeat(200) },
    `The specified snapshotName \`${'🧊'.repeat(50)}...\` exceeds the maximum length`,
    'A parameter is too long or has too many values.'
  ],
  [
    'DeleteSnapshots',
    { snapshotIds: Array.from({ length: 101 }, (_, index) => `s-${index}`) },
    'The specified snapshotIds `101 values` exceeds the maximum length',
    'A parameter is too long or has too many values.'
  ],
  [
    'ModifyAutoSnapshotPolicy',
    { autoSnapshotPolicyId: 'p-one', autoSnapshotPolicyName: 'a' },
    'The specified autoSnapshotPolicyName `a` is less than the minimum length',
    'A parameter is too short or has too few values.'
  ],
  [
    'ModifySnapshotsAttribute',
    { snapshotIds: ['s-ok'], snapshotName: '' },
    'The specified snapshotName `` is less than the minimum length',
    'A parameter is too short or has too few values.'
  ]
]

const messageOf = (reply: { readonly body: unknown }) => row(reply.body).message

describe.for(cases)('%s %j', ([action, body, named, general]) => {
  test('names member and value', async () => {
    const { zenlayer } = await stage()
    expect(messageOf(await zenlayer(action, body))).toBe(named)
  })
  test('says it in general words, if the world wants them', async () => {
    const { zenlayer } = await stage(plain)
    expect(messageOf(await zenlayer(action, body))).toBe(general)
  })
})

test('a number past all numbers is not called null', () => {
  expect(shown(JSON.parse('1e400'))).toBe('Infinity')
})

test('the setting is of one world, and acts at once', async () => {
  const one = await stage(plain)
  const other = await stage()
  const unknown = { diskId: '42', snapshotName: 'x' }
  expect(messageOf(await one.zenlayer('CreateSnapshot', unknown))).toBe('The specified disk is not found.')
  expect(messageOf(await other.zenlayer('CreateSnapshot', unknown))).toBe('The specified diskId `42` is not found')
  await one.control('PATCH', '/settings', { 'zenlayer.plainMessages': null })
  expect(messageOf(await one.zenlayer('CreateSnapshot', unknown))).toBe('The specified diskId `42` is not found')
})

test('another code and status of one disk that is not there has the same message', async () => {
  const { zenlayer } = await stage({ 'zenlayer.diskNotFoundCode': 'OPERATION_FAILED_RESOURCE_NOT_FOUND' })
  expect(messageOf(await zenlayer('ReleaseDisk', { diskId: '42' }))).toBe('The specified diskId `42` is not found')
  const old = await stage()
  const moved = await old.zenlayer('ChangeDisksAttach', { diskIds: ['42'], instanceId: 'i-running' }, '2024-04-01')
  expect(moved).toMatchObject({ status: 400, code: 'INVALID_DISK_NOT_FOUND' })
  expect(messageOf(moved)).toBe('The specified diskIds `42` is not found')
})

test.for([
  ['CreateSnapshot', { diskId: 'd-free' }, 'A required parameter is missing.'],
  ['CreateSnapshot', { diskId: 1, snapshotName: 'x' }, 'A parameter has the wrong type.'],
  ['DescribeDisks', { diskStatus: 'GONE' }, 'The value of a parameter is not one of the allowed ones.'],
  ['RenewDisk', { diskId: 'd-order-missing' }, 'The order is not found.']
] as const)('%s %j is refused in general words: there is no form for it', async ([action, body, message]) => {
  const { zenlayer } = await stage()
  expect(messageOf(await zenlayer(action, body))).toBe(message)
})

describe('the hint', () => {
  const hintOf = async (action: string, body: object) => {
    const { zenlayer } = await stage()
    return decodeURIComponent((await zenlayer(action, body)).headers['x-snapstand-hint'] ?? '')
  }
  test.for([
    ['CreateDisks', { zoneId: 'SEL--A', diskName: 'd', diskSize: 20 }],
    ['InquiryPriceCreateDisks', { zoneId: 'SEL--A', diskSize: 20 }],
    ['CreateAutoSnapshotPolicy', { zoneId: 'SEL--A', autoSnapshotPolicyName: 'daily', repeatWeekDays: [1], hours: [0] }]
  ] as const)('of %s tells an unknown zone the zones there are', async ([action, body]) => {
    expect(await hintOf(action, body)).toBe('there is no zone SEL--A: this world has zone-a, zone-b, zone-bare')
  })
  test('of a snapshot in a zone without support says so', async () => {
    expect(await hintOf('CreateSnapshot', { diskId: 'd-bare', snapshotName: 'x' })).toBe(
      'zone zone-bare does not support snapshots: they are made in zone-a, zone-b'
    )
  })
  test('of an unknown id still says that another key is another world', async () => {
    expect(await hintOf('CreateSnapshot', { diskId: '42', snapshotName: 'x' })).toBe(
      'this world has nothing of this id (another access key is another world): 42'
    )
  })
  test('and the journal have the value that was sent', async () => {
    const { zenlayer, control } = await stage()
    await zenlayer('ResizeDisk', { diskId: 'd-free', diskSize: 100 })
    const { body } = await control('GET', '/requests')
    expect(body).toMatchObject({ requests: [{ refusal: { field: 'body.diskSize', value: '100' } }] })
  })
})
