import { Value } from '@sinclair/typebox/value'
import { describe, expect, test } from 'vitest'
import { clouds } from '../../../src/clouds.ts'
import { settingsOf } from '../../../src/core/model/rules.ts'
import { start } from '../../harness.ts'

const settings = settingsOf(Object.fromEntries(clouds.map(({ name, rules }) => [name, rules])))
const TEN_YEARS_MS = 315_360_000_000

test('every default is of the form of its setting', () => {
  const rows = Object.entries(settings)
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(([, { form, default: preset }]) => !Value.Check(form, preset)).map(([name]) => name)).toEqual([])
})

test('delays end at ten years, and numbers of things at a million', () => {
  const bounds = Object.entries(settings).flatMap(([name, { form, default: preset }]) => {
    const max = name.startsWith('delays.') ? TEN_YEARS_MS : typeof preset === 'number' ? 1_000_000 : undefined
    return max === undefined ? [] : [[name, Value.Check(form, max), Value.Check(form, max + 1)]]
  })
  expect(bounds.length).toBeGreaterThan(20)
  expect(bounds.filter(([, atMost, more]) => !atMost || more)).toEqual([])
})

describe('a delay beyond any clock', () => {
  const wild = [1e300, 9e15, TEN_YEARS_MS + 1, 0.5, -1]

  test('is refused as a patch', async () => {
    const { control, close } = await start()
    for (const value of wild) {
      const { status, body } = await control('PATCH', '/settings', { 'delays.snapshotCreateMs': value })
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { field: 'delays.snapshotCreateMs', detail: expect.stringContaining('ten years') }
      })
    }
    await close()
  })

  test('is refused in a seed and in an export, also where only its rows say so', async () => {
    const { app, control, close } = await start()
    const put = async (document: unknown) => {
      const headers = { host: '127.0.0.1' }
      const reply = await app.inject({
        method: 'PUT',
        url: '/_snapstand/state',
        headers,
        payload: JSON.stringify(document)
      })
      return reply.json()
    }
    for (const value of wild) {
      expect(await put({ settings: { 'delays.baidu.attachMs': value } })).toMatchObject({
        status: 400,
        wrongs: [{ where: 'body:1:14 settings["delays.baidu.attachMs"]' }]
      })
    }
    await control('PATCH', '/settings', { 'delays.baidu.attachMs': 7 })
    const { body } = await control('GET', '/state')
    const text = JSON.stringify(body)
    expect(await put(JSON.parse(text))).toMatchObject({ exact: true })
    for (const value of ['1e300', '"soon"', '7}']) {
      const edited = text.replace('["delays.baidu.attachMs","7"]', JSON.stringify(['delays.baidu.attachMs', value]))
      expect(edited).not.toBe(text)
      expect(await put(JSON.parse(edited))).toMatchObject({ status: 400, field: 'internal' })
    }
    await close()
  })

  test('does not come about: ten years are waited for, and the world goes on', async () => {
    const { control, zenlayer, close } = await start()
    await control('PATCH', '/settings', { 'delays.snapshotCreateMs': TEN_YEARS_MS })
    const made = await zenlayer('CreateSnapshot', { diskId: '1700000000000000102', snapshotName: 'slow' })
    expect(made.status).toBe(200)
    expect((await control('GET', '/agenda')).body).toMatchObject({
      agenda: [{ at: '2036-01-03T08:00:00.000Z', what: 'volume' }, { what: 'snapshot' }]
    })
    expect((await control('POST', '/clock/advance', { toNext: true })).body).toMatchObject({ completed: 2 })
    await close()
  })
})
