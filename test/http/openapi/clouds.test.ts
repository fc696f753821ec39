import { beforeAll, describe, expect, test } from 'vitest'
import { examples as readExchanges } from '../../../build/examples.ts'
import { cloudDocument } from '../../../src/http/openapi/cloud.ts'
import type {
  OpenApi,
  ParameterObject,
  PathOperation,
  Ref,
  ResponseObject
} from '../../../src/http/openapi/document.ts'
import type { Examples } from '../../../src/http/openapi/examples.ts'
import { baidu } from '../../../src/providers/baidu/index.ts'
import type { Provider } from '../../../src/providers/provider.ts'
import { zenlayer } from '../../../src/providers/zenlayer/index.ts'
import { compiledAlone, judgeOf } from '../../documented.ts'
import { start } from '../../harness.ts'
import { linted } from './linted.ts'

const served = { url: 'http://127.0.0.1:7420', version: '1.2.3' }
const METHODS = ['get', 'put', 'post', 'delete'] as const
let exchanges: Examples = {}
beforeAll(async () => {
  exchanges = await readExchanges()
})

interface Listed {
  readonly path: string
  readonly method: string
  readonly operation: PathOperation
}

function listed({ paths }: OpenApi): readonly Listed[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation ? [{ path, method, operation }] : []
    })
  )
}

function responseOf({ components }: OpenApi, response: ResponseObject | Ref | undefined): ResponseObject | undefined {
  if (!response || !('$ref' in response)) return response
  return components.responses?.[String(response.$ref).split('/').at(-1) ?? '']
}

function shownIn({ components }: OpenApi, example: object | undefined): unknown {
  if (example && '$ref' in example) return components.examples?.[String(example.$ref).split('/').at(-1) ?? '']?.value
  return example && 'value' in example ? example.value : undefined
}

/** Addresses that the cloud itself gave two meanings, and tells apart by which has the earlier fixed word. */
const OFF: Readonly<Record<string, readonly string[]>> = { baidu: ['no-ambiguous-paths'] }

describe.for<[string, Provider]>([zenlayer, baidu].map((provider) => [provider.name, provider]))(
  '%s',
  ([name, provider]) => {
    const described = () => cloudDocument(provider, exchanges, served)

    test('a public linter finds nothing, examples included', async () => {
      expect(await linted(described(), OFF[name])).toEqual([])
    })

    test('its schemas are JSON Schema 2020-12, with no keyword of anybody else’s', () => {
      expect(compiledAlone(described())).toBeGreaterThan(50)
    })

    test('every operation stands at each of its addresses, under a name of its own', () => {
      const operations = listed(described())
      const ids = operations.map(({ operation }) => operation.operationId)
      expect(ids).toEqual([...new Set(ids)])
      const routes = provider.operations.flatMap(({ name: action, route, aliases }) =>
        [route, ...aliases].map(({ method }) => `${method.toLowerCase()} ${action}`)
      )
      const found = operations.map(({ method, operation }) => `${method} ${operation['x-action']}`)
      expect(found.toSorted()).toEqual(routes.toSorted())
    })

    test('every error of an operation is told, with its status, code and message', () => {
      const document = described()
      for (const { operation } of listed(document)) {
        const row = provider.operations.find((each) => each.name === operation['x-action'])
        const common = Object.keys(provider.catalogue).filter((code) => provider.catalogue[code]?.common)
        for (const code of new Set([...(row?.errors ?? []), ...common])) {
          const isOwn = row?.errors.includes(code)
          const { status = 0, message = '' } = { ...provider.catalogue[code], ...(isOwn && row?.wording[code]) }
          const at = `${operation.operationId} ${status} ${code}`
          const response = responseOf(document, operation.responses[status])
          expect(response?.description, at).toContain(`\`${code}\`: ${message}`)
          const media = response?.content?.['application/json']
          expect(JSON.stringify(media?.schema), at).toContain(JSON.stringify(code))
          const shown = Object.entries(media?.examples ?? {}).filter(([title]) => title.split('-')[0] === code)
          expect(shown.length, at).toBeGreaterThan(0)
          for (const [, example] of shown) expect(shownIn(document, example), at).toMatchObject({ code })
        }
      }
    })

    test('every success that the fixtures have is an example', () => {
      const document = described()
      for (const [action, of] of Object.entries(exchanges[name] ?? {})) {
        for (const { title, status, answer, method } of of.filter((exchange) => exchange.status < 300)) {
          if (answer === undefined) continue
          const shown = listed(document)
            .filter(({ operation }) => operation['x-action'] === action)
            .filter((each) => method === undefined || each.method === method.toLowerCase())
            .map(({ operation }) => responseOf(document, operation.responses[status])?.content?.['application/json'])
          expect(shown.length, `${action} ${title}`).toBeGreaterThan(0)
          for (const media of shown)
            expect(media?.examples?.[title], `${action} ${title}`).toMatchObject({ value: answer })
        }
      }
    })

    test('a call that is made from it comes to its operation', async () => {
      const document = described()
      const server = await start()
      try {
        for (const { path, method, operation } of listed(document)) {
          const parameters = (operation.parameters ?? []).filter((each): each is ParameterObject => 'name' in each)
          const needed = parameters.filter(({ required }) => required)
          const sent = (place: string) =>
            needed.filter((each) => each.in === place).map((each) => [each.name, wordOf(each)] as const)
          // As every client does: a fragment stays at home.
          const plain = path.replace(/#.*/, '').replace(/\{(\w+)\}/g, (_, key) => `some-${key}`)
          const query = new URLSearchParams(Object.fromEntries(sent('query')))
          await server.app.inject({
            method,
            url: `${plain}${query.size > 0 ? `?${query}` : ''}`,
            headers: { host: '127.0.0.1:7420', ...Object.fromEntries(sent('header')) },
            ...(operation.requestBody && { payload: '{}' })
          })
          const { body } = await server.control('GET', '/requests?limit=1')
          expect(body, `${method} ${path}`).toMatchObject({ requests: [{ operation: operation['x-action'] }] })
        }
      } finally {
        await server.close()
      }
    })
  }
)

function wordOf({ schema }: ParameterObject): string {
  return Array.isArray(schema.enum) ? String(schema.enum.at(-1)) : ''
}

test.for([
  ['a status that it never has', 402, { requestId: 'T', code: 'X', message: 'x' }, 'answers 402'],
  ['a code of another operation', 404, { requestId: 'T', code: 'INVALID_ZONE_NOT_FOUND', message: 'x' }, '/code'],
  ['a member more', 200, { requestId: 'T', response: { requestId: 'T', snapshotId: '1', more: 1 } }, 'more'],
  ['a member less', 200, { requestId: 'T', response: { requestId: 'T' } }, 'snapshotId'],
  ['another type', 200, { requestId: 'T', response: { requestId: 'T', snapshotId: 1 } }, 'must be string']
] as const)('no answer of the tests may have %s', ([, status, body, complaint]) => {
  const headers = { 'x-zc-action': 'CreateSnapshot', 'x-zc-version': '2025-09-01' }
  const exchange = { method: 'POST', url: '/api/v2/zec', headers, status, body: JSON.stringify(body) }
  expect(judgeOf(zenlayer).judge(exchange)).toContain(complaint)
})

test('the server that it was asked of is the one that it is of', async () => {
  const server = await start({ control: { mode: 'on', version: '1.2.3', token: 'hush' } })
  const headers = { authorization: 'Bearer hush', host: 'app.localhost:8080' }
  const asked = async (url: string) => (await server.app.inject({ url: `/_snapstand/openapi${url}`, headers })).json()
  try {
    expect(await asked('/baidu.json')).toMatchObject({ servers: [{ url: 'http://app.localhost:8080' }] })
    expect(await asked('.json')).toMatchObject({ servers: [{ url: 'http://app.localhost:8080/_snapstand' }] })
    // A client of HTTP/1.0 names none, and is told a path.
    expect(cloudDocument(zenlayer, {}, { ...served, url: '' }).servers).toMatchObject([{ url: '/' }])
  } finally {
    await server.close()
  }
})

test('descriptions are served like any door', async () => {
  const server = await start({ control: { mode: 'on', version: '1.2.3' } })
  try {
    for (const name of ['zenlayer', 'baidu']) {
      const { status, body, headers } = await server.control('GET', `/openapi/${name}.json`)
      expect({ status, type: headers['content-type'] }).toEqual({
        status: 200,
        type: 'application/json; charset=utf-8'
      })
      expect(body).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' }, servers: [{}] })
    }
    expect(await server.control('GET', '/openapi/baidoo.json')).toMatchObject({
      status: 404,
      body: { field: 'file', value: 'baidoo.json', nearest: 'baidu.json', known: ['zenlayer.json', 'baidu.json'] }
    })
    expect(await server.control('GET', '/openapi/baidu.json?world=a')).toMatchObject({ status: 400 })
    expect(await server.control('POST', '/openapi/baidu.json')).toMatchObject({ status: 405 })
    // A look makes no world.
    expect((await server.control('GET', '/worlds')).body).toEqual([])
  } finally {
    await server.close()
  }
})
