import { expect, test } from 'vitest'
import { connect } from '../../src/client/index.ts'
import { DOORS } from '../../src/doors/index.ts'
import { doorAt } from '../exact.ts'

/** Calls every function of a handle, each with what names something, and goes on into what it gives. */
async function callAll(handle: unknown, depth = 0): Promise<void> {
  if (typeof handle !== 'object' || handle === null || depth > 3) return
  for (const [name, member] of Object.entries(handle)) {
    if (name === 'close') continue
    const given: unknown = typeof member === 'function' ? await callOf(member) : member
    if (name !== 'fork') await callAll(given, depth + 1)
  }
}

async function callOf(work: (...given: readonly unknown[]) => unknown): Promise<unknown> {
  try {
    return await work('named', 'named', 'named')
  } catch {
    return undefined
  }
}

test('every row of the control API can be called by the handle', async () => {
  const called = new Set<string>()
  const fetch = async (url: unknown, { method = 'GET' }: RequestInit = {}) => {
    const { pathname } = new URL(String(url))
    called.add(doorAt(method, pathname)?.name ?? `${method} ${pathname}`)
    return Response.json({})
  }
  const server = connect('http://127.0.0.1:1', { fetch })
  await server.openApi()
  await callAll(server)
  expect([...called].toSorted()).toEqual(DOORS.map(({ name }) => name).toSorted())
})
