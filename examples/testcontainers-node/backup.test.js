// Snapstand in a container of the test's own, by Testcontainers.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect } from 'snapstand/client'
import { GenericContainer, Wait } from 'testcontainers'

/** @type {import('testcontainers').StartedTestContainer} */
let container
/** @type {import('snapstand/client').Server} */
let server

before(async () => {
  // The image is not published: `docker build -t snapstand:0.1.0 .` at the top of a clone makes it.
  container = await new GenericContainer('snapstand:0.1.0')
    .withExposedPorts(7420)
    .withEnvironment({ SNAPSTAND_CLOCK: 'manual' })
    .withWaitStrategy(Wait.forHealthCheck())
    .start()
  server = connect(`http://${container.getHost()}:${container.getMappedPort(7420)}`)
})
after(async () => {
  await server?.close()
  await container?.stop()
})

test('a week of a daily policy leaves seven snapshots', async () => {
  const world = server.world('default')
  const policy = await call('POST', '/v2/asp', {
    name: 'daily',
    timePoints: ['2'],
    repeatWeekdays: ['0', '1', '2', '3', '4', '5', '6'],
    retentionDays: '30'
  })
  await call('PUT', `/v2/asp/${policy.aspId}?attach`, { volumeIds: ['v-Starter1'] })
  const { snapshotsCreated } = await world.clock.advance('P7D')
  assert.equal(snapshotsCreated, 7)
})

/**
 * @param {string} method
 * @param {string} path
 * @param {object} body
 */
async function call(method, path, body) {
  const { endpoint } = server.world('default').credentials.baidu
  const answer = await fetch(endpoint + path, { method, body: JSON.stringify(body) })
  const text = await answer.text()
  assert.ok(answer.ok, text)
  return text === '' ? undefined : JSON.parse(text)
}
