import { afterAll, expect, test } from 'vitest'
import { FAULT_BYTES_MAX, FAULTS_MAX } from '../../../src/core/model/fault-form.ts'
import { start } from '../../harness.ts'

const server = await start({ keys: [{ id: 'k', secret: 'sesame-sesame' }] })
afterAll(() => server.close())
const { control } = server
const RULE = { operation: 'DescribeDisks', then: { delayMs: 1 } }

test.for<[string, unknown, string | undefined]>([
  ['nothing', undefined, 'then'],
  ['a list', [RULE], 'body'],
  ['a text', 'slow', 'body'],
  ['null', null, 'body'],
  ['a member that there is not', { ...RULE, tims: 1 }, 'tims'],
  ['a member of what happens that there is not', { then: { delay: 1 } }, 'then.delay'],
  ['a member of when that there is not', { ...RULE, when: { header: {} } }, 'when.header'],
  ['another name than the path', { ...RULE, id: 'other' }, 'id'],
  ['a name of another type', { ...RULE, id: 5 }, 'id'],
  ['a cloud of another type', { ...RULE, provider: 5 }, 'provider'],
  ['a cloud that there is not', { ...RULE, provider: 'aws' }, 'provider'],
  ['an operation of another type', { ...RULE, operation: ['DescribeDisks'] }, 'operation'],
  ['no operation', { ...RULE, operation: '' }, 'operation'],
  ['a huge operation', { ...RULE, operation: 'x'.repeat(10_000) }, 'operation'],
  ['a call of another type', { ...RULE, when: 'always' }, 'when'],
  ['a body of another type', { ...RULE, when: { body: ['diskIds'] } }, 'when.body'],
  ['a resource of another type', { ...RULE, when: { resource: ['disk'] } }, 'when.resource'],
  ['no resource', { ...RULE, when: { resource: '' } }, 'when.resource'],
  ['a negative skip', { ...RULE, skip: -1 }, 'skip'],
  ['half a skip', { ...RULE, skip: 0.5 }, 'skip'],
  ['no times', { ...RULE, times: 0 }, 'times'],
  ['times without end', { ...RULE, times: 1e21 }, 'times'],
  ['a probability above 1', { ...RULE, probability: 1.1 }, 'probability'],
  ['a probability in words', { ...RULE, probability: 'half' }, 'probability'],
  ['enabled by a number', { ...RULE, enabled: 1 }, 'enabled'],
  ['nothing that happens', { operation: 'DescribeDisks' }, 'then'],
  ['happenings in a list', { then: [{ delayMs: 1 }] }, 'then'],
  ['a code of another type', { then: { error: 500 } }, 'then.error'],
  ['an endless delay', { then: { delayMs: 1e9 } }, 'then.delayMs'],
  ['a status that is none', { then: { status: 99 } }, 'then.status'],
  ['a status that is no end', { then: { status: 101 } }, 'then.status'],
  ['a status in words', { then: { status: '502' } }, 'then.status'],
  ['a connection that there is not', { then: { connection: 'drop' } }, 'then.connection'],
  ['an outcome that there is not', { then: { outcome: 'explodes' } }, 'then.outcome'],
  ['a rate of nothing', { then: { rate: {} } }, 'then.rate.requests'],
  ['a rate in no time', { then: { rate: { requests: 1, perSeconds: 0 } } }, 'then.rate.perSeconds'],
  ['after what', { then: { delayMs: 1, after: 'yes' } }, 'then.after']
])('%s is refused with the field and what would be right, and nothing is changed', async ([, body, field]) => {
  for (const world of ['none', '*']) {
    const answer = await control('PUT', `/faults/slow?world=${world}`, body)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 400, body: { field, status: 400 } })
    expect(Object(answer.body).detail).toContain(field)
    expect((await control('GET', `/faults?world=${world}`)).body).toEqual([])
  }
  expect((await control('GET', '/worlds')).body).toEqual([])
})

test('names that no rule may have, and worlds that no world is called', async () => {
  expect(await control('PUT', `/faults/${'x'.repeat(129)}`, RULE)).toMatchObject({ status: 400, body: { field: 'id' } })
  expect((await control('PUT', `/faults/${encodeURIComponent('a/b ü')}?world=odd`, RULE)).status).toBe(200)
  expect((await control('DELETE', `/faults/${encodeURIComponent('a/b ü')}?world=odd`)).status).toBe(204)
  expect(await control('PUT', '/faults/x?world=', RULE)).toMatchObject({ status: 400, body: { field: 'world' } })
  expect(await control('GET', '/faults?wrld=x')).toMatchObject({
    status: 400,
    body: { field: 'wrld', nearest: 'world' }
  })
  expect(await control('DELETE', '/faults?id=x')).toMatchObject({ status: 400 })
  expect(await control('POST', '/faults', RULE)).toMatchObject({ status: 405 })
})

test('of thousands of members that nobody reads the first is told, and no time is spent on the others', async () => {
  const body = Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [`snapshotNam${n}`, n]))
  const refused = await control('PUT', '/faults/it', { when: { body }, then: { delayMs: 1 } })
  expect(refused).toMatchObject({ status: 400, body: { field: 'when.body.snapshotNam0', example: 'snapshotName' } })
})

test('a rule that is too long, or one too many, is a conflict that says so', async () => {
  const long = { then: { status: 502, body: 'x'.repeat(FAULT_BYTES_MAX) } }
  const tooLong = await control('PUT', '/faults/long?world=full', long)
  expect(tooLong).toMatchObject({ status: 409, body: { reason: 'bytes', field: 'body' } })
  // Its name is not what is wrong, and nobody wants 64 KiB back.
  expect(tooLong.body).not.toHaveProperty('value')
  expect((await control('GET', '/faults?world=full')).body).toEqual([])
  for (let n = 0; n < FAULTS_MAX; n++) expect((await control('PUT', `/faults/${n}?world=full`, RULE)).status).toBe(200)
  const more = await control('PUT', '/faults/more?world=full', RULE)
  expect(more).toMatchObject({ status: 409, body: { reason: 'count', field: 'id' } })
  expect((await control('PUT', '/faults/7?world=full', { ...RULE, times: 3 })).status).toBe(200)
  expect(Object((await control('GET', '/faults?world=full')).body)[7]).toMatchObject({ id: '7', times: 3 })
})

test('what a rule is called is hidden in the journal where it is a secret', async () => {
  await control('PUT', '/faults/sesame-sesame?world=sly', {
    ...RULE,
    provider: 'zenlayer',
    then: { error: 'REQUEST_TIMED_OUT' }
  })
  expect((await server.zenlayer('DescribeDisks', {}, { key: 'sly' })).code).toBe('REQUEST_TIMED_OUT')
  const { body } = await control('GET', '/requests?world=sly')
  expect(JSON.stringify(body)).not.toContain('sesame')
})
