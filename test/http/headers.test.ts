import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Snapstand, startSnapstand } from '../../src/index.ts'

let server: Snapstand
beforeAll(async () => {
  server = await startSnapstand()
})
afterAll(() => server.close())

/** Of Node's own server. */
const NODES = ['connection', 'content-length', 'date', 'keep-alive']

/** The names of the headers of an answer, but for those of Node's own server. */
async function namesOf(path: string, init: RequestInit = {}): Promise<{ status: number; names: readonly string[] }> {
  const { status, headers } = await fetch(`${server.url}${path}`, init)
  return { status, names: [...headers.keys()].filter((name) => !NODES.includes(name)) }
}

const zenlayer = (action: string, body: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-zc-action': action, 'x-zc-version': '2025-09-01' },
  body: JSON.stringify(body)
})

test('an answer of a cloud has the headers of that cloud, and none of ours', async () => {
  const bce = ['content-type', 'server', 'x-bce-request-id']
  expect(await namesOf('/v2/volume')).toEqual({ status: 200, names: bce })
  expect(await namesOf('/v2/volume/v-Starter2')).toEqual({ status: 200, names: bce })
  expect(await namesOf('/api/v2/zec', zenlayer('DescribeDisks', {}))).toEqual({ status: 200, names: ['content-type'] })
})

test('a refusal has one of ours, which says what the cloud never tells', async () => {
  const { status, names } = await namesOf('/v2/asp', { method: 'POST', body: '{}' })
  expect(status).toBe(400)
  expect(names).toEqual(['content-type', 'server', 'x-bce-request-id', 'x-snapstand-hint'])
  expect(await namesOf('/api/v2/zec', zenlayer('CreateSnapshot', {}))).toEqual({
    status: 400,
    names: ['content-type', 'x-snapstand-hint']
  })
})
