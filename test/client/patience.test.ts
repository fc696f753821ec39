import { expect, test } from 'vitest'
import { connect } from '../../src/client/index.ts'
import { startSnapstand } from '../../src/index.ts'

test('Node’s fetch waits for an answer as long as it takes, by what the program has set to send', async () => {
  const server = await startSnapstand()
  const place = Symbol.for('undici.globalDispatcher.1')
  const usual: NonNullable<RequestInit['dispatcher']> = Reflect.get(globalThis, place)
  const limits: unknown[] = []
  const own = usual.compose((dispatch) => (call, handler) => {
    limits.push([call.path, call.headersTimeout, call.bodyTimeout])
    return dispatch(call, handler)
  })
  try {
    Reflect.set(globalThis, place, own)
    await connect(server.url).world('patient').clock.get()
  } finally {
    Reflect.set(globalThis, place, usual)
    await server.close()
  }
  expect(limits).toEqual([['/_snapstand/clock?world=patient', 0, 0]])
})
