import { expect, test } from 'vitest'
import { COMMON_REFUSALS } from '../../../src/doors/door.ts'
import { DOORS } from '../../../src/doors/index.ts'
import { controlDocument } from '../../../src/http/openapi/control.ts'
import { compiledAlone } from '../../documented.ts'
import { start } from '../../harness.ts'
import { linted } from './linted.ts'

const document = controlDocument(DOORS, { url: 'http://127.0.0.1:7420', version: '1.2.3' })
const METHODS = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const

test('a public linter finds nothing', async () => {
  expect(await linted(document)).toEqual([])
})

test('its schemas are JSON Schema 2020-12, with no keyword of anybody else’s', () => {
  expect(compiledAlone(document)).toBeGreaterThan(10)
})

test.for(DOORS.map((door) => [door.name, door] as const))('%s is described with all that its row says', ([, door]) => {
  const { name, method, path, request, answer, refusals } = door
  const described = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[METHODS[method]]
  expect(described?.operationId).toBe(name)
  const statuses = [answer.status, ...COMMON_REFUSALS, ...refusals].map(String)
  expect(Object.keys(described?.responses ?? {}).toSorted()).toEqual([...new Set(statuses)].toSorted())
  const parameters = (described?.parameters ?? []).flatMap((each) => ('name' in each ? [each.name] : []))
  const wanted = [
    ...members('params' in request && request.params),
    ...members('query' in request && request.query),
    ...members('headers' in request && request.headers)
  ]
  expect(parameters).toEqual(wanted)
  expect(described?.requestBody !== undefined).toBe(
    'text' in request || members('body' in request && request.body).length > 0
  )
})

function members(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  // A table of settings has no members of known names.
  return 'properties' in schema ? Object.keys(Object(schema.properties)) : ['any']
}

test('what a browser sends when it comes back to the events is described', () => {
  const parameters = document.paths['/events']?.get?.parameters
  expect(parameters).toContainEqual(expect.objectContaining({ name: 'Last-Event-ID', in: 'header', required: false }))
})

test('it is told where it is, of which world', async () => {
  const server = await start({ control: { mode: 'on', version: '1.2.3' } })
  try {
    const { body } = await server.control('GET', '/openapi.json')
    expect(body).toMatchObject({
      openapi: '3.1.0',
      info: { version: '1.2.3' },
      servers: [{ url: 'http://127.0.0.1:7420/_snapstand' }],
      paths: { '/clock/advance': { post: { operationId: 'advanceClock' } } }
    })
  } finally {
    await server.close()
  }
})
