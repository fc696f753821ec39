import { expect, test } from 'vitest'
import { answerOf, start } from '../harness.ts'

const DEPTH = 20_000
const lists = '['.repeat(DEPTH) + ']'.repeat(DEPTH)
const objects = `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`

test.for([
  ['PUT', '/clock', lists],
  ['PUT', '/clock', objects],
  ['PUT', '/clock', `{"now":${lists}}`],
  ['POST', '/clock/advance', objects],
  ['PATCH', '/settings', `{"zenlayer.snapshotQuota":${lists}}`],
  ['POST', '/reset', objects],
  ['PUT', '/worlds/a', `{"keep":${objects}}`],
  ['PUT', '/checkpoints/a', objects],
  ['POST', '/checkpoints/a/restore', `{"as":${objects}}`],
  ['PUT', '/state', lists],
  ['PUT', '/state', objects],
  ['PUT', '/state', '['.repeat(DEPTH)],
  ['PUT', '/state', `zenlayer: ${lists}`],
  ['PUT', '/state', `zenlayer: ${'- '.repeat(DEPTH)}`]
] as const)('%s %s of a body that nests too deep is a problem of the caller’s', async ([method, path, payload]) => {
  const server = await start()
  try {
    const answer = answerOf(
      await server.app.inject({ method, url: `/_snapstand${path}`, headers: { host: 'localhost' }, payload })
    )
    expect(answer, JSON.stringify(answer.body).slice(0, 300)).toMatchObject({
      status: 400,
      body: { status: 400, field: 'body' }
    })
  } finally {
    await server.close()
  }
})
