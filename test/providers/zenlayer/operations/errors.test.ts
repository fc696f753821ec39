import { expect, test } from 'vitest'
import { zenlayer as provider } from '../../../../src/providers/zenlayer/index.ts'
import { row, rows, stages } from '../stage.ts'
import { errorCases as cases } from './error-cases.ts'

const stage = stages()

// Every code that a row lists, reached by state or input of a world and never by a fault.

const listed = provider.operations.flatMap(({ name, errors }) => errors.map((code) => `${name} ${code}`))
const reached = Object.entries(cases).flatMap(([name, codes]) => Object.keys(codes).map((code) => `${name} ${code}`))

test('every code that a row lists has a case here, and no other', () => {
  expect(reached.toSorted()).toEqual(listed.toSorted())
})

const everyCase = Object.entries(cases).flatMap(([action, codes]) =>
  Object.entries(codes).map(([code, reason]) => [action, code, reason.why, reason] as const)
)

test.for(everyCase)('%s answers %s to %s', async ([action, code, , reason]) => {
  const { zenlayer, ok, list } = await stage(reason.settings)
  for (const [earlier, body] of reason.before ?? []) await ok(earlier, body)
  const everything = async () => [
    await list('DescribeDisks', { pageSize: 1000 }),
    await list('DescribeSnapshots'),
    await list('DescribeAutoSnapshotPolicies'),
    await list('DescribeInstances')
  ]
  const before = await everything()
  const reply = await zenlayer(action, reason.body)
  expect(reply).toMatchObject({ status: reason.status, code })
  expect(reply.body).toEqual({ requestId: reply.requestId, code, message: expect.any(String) })
  expect(await everything()).toEqual(before)
})

test.for([
  ['CreateSnapshot', { diskId: 'none', snapshotName: 'x' }, 'body.diskId', 'another access key is another world'],
  [
    'CreateSnapshot',
    { diskId: 'd-changing', snapshotName: 'x' },
    'body.diskId',
    'd-changing is CHANGING; this takes IN_USE, AVAILABLE'
  ],
  ['AttachDisks', { diskIds: ['d-free'], instanceId: 'i-b' }, 'body.diskIds', 'd-free is in zone-a']
] as const)('the journal says why %s %j was refused', async ([action, body, field, hint]) => {
  const { zenlayer, control } = await stage()
  const reply = await zenlayer(action, body)
  const [entry] = rows(row((await control('GET', '/requests')).body).requests)
  expect(entry).toMatchObject({ id: reply.requestId, operation: action, status: reply.status, code: reply.code })
  expect(row(entry).refusal).toMatchObject({ field, hint: expect.stringContaining(hint), rule: expect.any(String) })
})
