import { expect, test } from 'vitest'
import { BadUsage } from '../../src/documents/complaint.ts'
import { parseDocument } from '../../src/documents/document.ts'
import { baidu } from '../../src/providers/baidu/index.ts'
import { zenlayer } from '../../src/providers/zenlayer/index.ts'
import { checkSeed, seedSchema } from '../../src/seed/check.ts'
import { start } from '../harness.ts'

const providers = [zenlayer, baidu]
const RULES = [
  {
    id: 'quota',
    provider: 'zenlayer',
    operation: 'CreateSnapshot',
    skip: 1,
    times: 2,
    then: { error: 'INTERNAL_SERVER_ERROR' }
  },
  { id: 'slow', provider: '*', operation: 'Describe*', probability: 0.5, enabled: false, then: { delayMs: 5 } }
]

test('every new world starts with the faults of the seed, in their order, and a reset brings them back', async () => {
  const { zenlayer: call, control, close } = await start({ seed: { faults: RULES } })
  const shown = async (key: string) => Object((await control('GET', `/faults?world=${key}`)).body)
  expect(await shown('one')).toMatchObject(RULES)
  const disks = { zoneId: 'z' }
  await call('CreateSnapshot', { diskId: 'x', snapshotName: 'nightly', ...disks }, { key: 'one' })
  expect((await shown('one'))[0]).toMatchObject({ met: 1, acted: 0 })
  await control('DELETE', '/faults?world=one')
  expect(await shown('one')).toEqual([])
  await control('POST', '/reset?world=one')
  expect(await shown('one')).toMatchObject(RULES.map((rule) => ({ ...rule, met: 0 })))
  await close()
})

test('an export names them; edited, it is planted with them, and as it is it brings back their counts', async () => {
  const { zenlayer: call, control, close } = await start({ seed: { faults: RULES } })
  const create = () => call('CreateSnapshot', { diskId: 'x', snapshotName: 'nightly' })
  await create()
  await create()
  const { body } = await control('GET', '/state')
  expect(Object(body).faults).toEqual(RULES)
  const put = await control('PUT', '/state?world=again', body)
  expect(put.body).toMatchObject({ exact: true })
  const counted = [
    { id: 'quota', met: 2, acted: 1 },
    { id: 'slow', met: 0 }
  ]
  expect((await control('GET', '/faults?world=again')).body).toMatchObject(counted)

  const edited = { ...Object(body), faults: [RULES[1]] }
  expect((await control('PUT', '/state?world=edited', edited)).body).toMatchObject({ exact: false })
  expect((await control('GET', '/faults?world=edited')).body).toMatchObject([{ id: 'slow', met: 0 }])
  expect(Object((await control('GET', '/state?world=none')).body).faults).toEqual(RULES)
  await close()
})

async function complaintsOf(text: string): Promise<readonly string[]> {
  try {
    await checkSeed(await parseDocument('seed.yaml', text), providers, {})
  } catch (error) {
    if (error instanceof BadUsage) return error.message.split('\n')
    throw error
  }
  return []
}

test('a wrong form is told with its place', async () => {
  const text = `
faults:
  - id: a
    operation: CreateSnapshot
    thn: { error: x }
    times: 0
    then: { delayMs: soon }
  - then: {}
`
  expect(await complaintsOf(text)).toEqual([
    'seed.yaml:5:5 faults[0].thn: is not known (did you mean then?)',
    'seed.yaml:6:5 faults[0].times: is 0 (expected a whole number from 1 to 1000000000)',
    'seed.yaml:7:13 faults[0].then.delayMs: is "soon" (expected a whole number from 0 to 600000)',
    'seed.yaml:8:5 faults[1].id: is missing (expected a name of 1 to 128 characters)'
  ])
})

test('a rule that can’t act, or that has the name of another, is refused with its place, and nothing is planted', async () => {
  const { control, close } = await start()
  const before = (await control('GET', '/state')).body
  const state = {
    faults: [
      { id: 'a', operation: 'CreateSnapshoot', then: { delayMs: 1 } },
      { id: 'a', provider: 'baidu', then: { error: 'Nope' } }
    ]
  }
  const answer = await control('PUT', '/state', state)
  expect(answer).toMatchObject({ status: 400, body: { field: 'body' } })
  const where = Object(answer.body).wrongs.map(({ where: place }: { where: string }) => place)
  expect(where).toEqual([
    expect.stringContaining('faults[0].operation'),
    expect.stringContaining('faults[1].id'),
    expect.stringContaining('faults[1].then.error')
  ])
  expect((await control('GET', '/state')).body).toEqual(before)
  await close()
})

test('more rules than there may be are refused', async () => {
  const { control, close } = await start()
  const faults = Array.from({ length: 101 }, (_, n) => ({ id: `rule-${n}`, then: { delayMs: 1 } }))
  const { status, body } = await control('PUT', '/state', { faults })
  expect([status, Object(body).wrongs]).toEqual([
    400,
    [expect.objectContaining({ where: 'body:1:2 faults', expected: expect.stringContaining('at most 100') })]
  ])
  expect((await control('PUT', '/state', { faults: faults.slice(1) })).status).toBe(200)
  await close()
})

test('the schema that editors get knows faults and the operations that there are', () => {
  const text = JSON.stringify(seedSchema(providers, {}))
  const { faults } = JSON.parse(text).properties
  expect(faults.items.properties.operation.examples).toEqual(
    expect.arrayContaining(['*', 'CreateSnapshot', 'CreateAsp'])
  )
  expect(faults.items.required).toEqual(['id', 'then'])
})
