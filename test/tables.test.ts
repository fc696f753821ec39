import { KindGuard, type TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { describe, expect, test } from 'vitest'
import { baidu } from '../src/providers/baidu/index.ts'
import type { Provider } from '../src/providers/provider.ts'
import { zenlayer } from '../src/providers/zenlayer/index.ts'
import { exactly } from './exact.ts'
import { exchangesOf, providersWithFixtures } from './fixtures.ts'

// The tables of rows and codes are the single source of routes, types, errors and docs: a gap here is red.

const providers: readonly Provider[] = [zenlayer, baidu]

describe.for(providers.map((provider) => [provider.name, provider] as const))('%s', ([, provider]) => {
  const { operations, catalogue, notServed, rules, seed } = provider

  test('operations have names and addresses of their own', () => {
    const addresses = operations.flatMap(({ route, aliases, versions }) =>
      [route, ...aliases].map((each) => `${each.method} ${each.path} ${each.selector ?? ''} ${versions ?? ''}`)
    )
    const names = operations.map(({ name }) => name)
    for (const list of [names, addresses]) expect(list).toEqual([...new Set(list)])
  })

  test('what is not served is no row, and says why and where that stands', () => {
    for (const { name, reason, source } of notServed) {
      expect(operations.map((operation) => operation.name)).not.toContain(name)
      expect(reason).not.toBe('')
      expect(source).not.toBe('')
    }
  })

  test('every code has an error status, a text and a source', () => {
    for (const [code, { status, message, evidence }] of Object.entries(catalogue)) {
      expect(status, code).toBeGreaterThanOrEqual(400)
      expect(status, code).toBeLessThan(600)
      expect(message, code).not.toBe('')
      expect(evidence, code).toBeDefined()
    }
  })

  test('every code is common or some operation’s', () => {
    const listed = new Set(operations.flatMap(({ errors }) => errors))
    const idle = Object.entries(catalogue).flatMap(([code, { common }]) => (common || listed.has(code) ? [] : [code]))
    expect(idle).toEqual([])
  })

  test('every setting has a default of its own form, a description and a source', () => {
    for (const [name, { form, default: value, description, source }] of Object.entries(rules.settings)) {
      expect(name).toMatch(new RegExp(`^(?:delays\\.)?${provider.name}\\.[a-zA-Z0-9]+$`))
      expect(accepts(form, value), `${name}: ${value}`).toBe(true)
      expect(description, name).not.toBe('')
      expect(source, name).not.toBe('')
    }
  })

  test('a seed is an object that allows nothing unknown', () => {
    expect(KindGuard.IsObject(seed.schema)).toBe(true)
    expect(seed.schema.additionalProperties).toBe(false)
  })

  describe.for(operations.map((operation) => [operation.name, operation] as const))('%s', ([, operation]) => {
    test('says what it does, and where that stands', () => {
      expect(operation.summary).toMatch(/\.$/)
      expect(operation.source).not.toBe('')
    })

    test('lists codes of the catalogue, and how each is reached', () => {
      const { errors, wording, reach } = operation
      expect(errors).toEqual([...new Set(errors)])
      expect(errors.filter((code) => !Object.hasOwn(catalogue, code))).toEqual([])
      expect(errors.filter((code) => !reach[code])).toEqual([])
      expect(Object.keys(reach).filter((code) => !errors.includes(code))).toEqual([])
      expect(Object.keys(wording).filter((code) => !errors.includes(code) && !catalogue[code]?.common)).toEqual([])
    })

    test('takes objects, and names members of its paths', () => {
      const { params, query, body } = operation.request
      for (const schema of [params, query]) expect(KindGuard.IsObject(schema)).toBe(true)
      expect(isKnown(body)).toBe(true)
      const named = (operation.route.path.match(/:[a-zA-Z]+/g) ?? []).map((name) => name.slice(1))
      expect(Object.keys(params.properties ?? {}).toSorted()).toEqual(named.toSorted())
    })

    test('answers an exact object, or nothing', () => {
      const { response } = operation
      expect(isKnown(response)).toBe(true)
      if (KindGuard.IsObject(response)) expect(accepts(exactly(response), { surprise: true })).toBe(false)
    })
  })
})

describe.for(providersWithFixtures)('fixtures of %s', (name) => {
  const operations = providers.find((provider) => provider.name === name)?.operations ?? []
  const exchanges = exchangesOf(name)

  test('belong to operations, and are what their names say', () => {
    for (const { operation, title, response } of exchanges) {
      const row = operations.find((each) => each.name === operation)
      const isSuccess = title === 'success' || title.startsWith('success-')
      const code = title.split('-', 1)[0] ?? ''
      expect(isSuccess || row?.errors.includes(code), `${operation}/${title}`).toBe(true)
      expect(response.status < 300, `${operation}/${title}`).toBe(isSuccess)
      if (!isSuccess) expect(response.body).toMatchObject({ code })
    }
  })

  test('show every operation’s success and each of its codes', () => {
    const shown = new Set(exchanges.map(({ operation, title }) => `${operation} ${title.split('-', 1)[0]}`))
    const wanted = operations.flatMap(({ name: row, errors, reach }) => {
      const reached = errors.filter((code) => !reach[code]?.startsWith('Only by a fault'))
      return ['success', ...reached].map((code) => `${row} ${code}`)
    })
    expect(wanted.filter((each) => !shown.has(each))).toEqual([])
  })
})

function accepts(schema: TSchema, value: unknown): boolean {
  return Value.Check(schema, value)
}
function isKnown(schema: TSchema): boolean {
  return KindGuard.IsKind(schema)
}
