import { describe, expect, test } from 'vitest'
import { rules } from '../../../../src/providers/zenlayer/rules/time.ts'

describe('ids', () => {
  const forms = {
    volume: /^\d{19}$/,
    snapshot: /^\d{19}$/,
    policy: /^\d{19}$/,
    instance: /^\d{19}$/,
    order: /^\d{18}$/,
    serial: /^[0-9a-z]{20}$/,
    resourceGroup: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  }
  test.for(Object.entries(forms))('of a %s keep their form and never repeat', ([kind, form]) => {
    const numbers = [...Array.from({ length: 2000 }, (_, n) => n + 1), 2 ** 31, 2 ** 32 + 1, 10 ** 11]
    const ids = numbers.map((n) => rules.id(kind, n, 7))
    for (const id of ids) expect(id).toMatch(form)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('of what a seed may hold tell their number', () => {
    for (const kind of ['volume', 'snapshot', 'policy', 'instance', 'resourceGroup']) {
      for (const n of [1, 2, 77, 2 ** 31]) {
        for (const seed of [0, 7, 2 ** 32 - 1]) expect(rules.numberOf?.(kind, rules.id(kind, n, seed), seed)).toBe(n)
      }
    }
    for (const id of ['1700000000000000102', '1699999999999992081', '17000000000000007919', 'mine', '']) {
      expect(rules.numberOf?.('volume', id, 7)).toBeUndefined()
    }
    for (const id of ['mine', '00000000-0000-1000-8000-000000000000']) {
      expect(rules.numberOf?.('resourceGroup', id, 7)).toBeUndefined()
    }
    expect(rules.numberOf?.('resourceGroup', rules.id('resourceGroup', 5, 1), 2)).not.toBe(5)
  })

  test('ascend as text, so that order by id is order of creation', () => {
    const ids = Array.from({ length: 3000 }, (_, n) => rules.id('snapshot', n + 1, 0))
    expect(ids.toSorted()).toEqual(ids)
  })

  test('of resource groups differ from world to world', () => {
    expect(rules.id('resourceGroup', 5, 1)).not.toBe(rules.id('resourceGroup', 5, 2))
  })
})
