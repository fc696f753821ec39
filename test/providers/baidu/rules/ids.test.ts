import { describe, expect, test } from 'vitest'
import { idOf, numberOf } from '../../../../src/providers/baidu/rules/ids.ts'

describe('ids', () => {
  test.for([
    ['volume', /^v-[0-9A-Za-z]{8}$/],
    ['snapshot', /^s-[0-9A-Za-z]{8}$/],
    ['policy', /^asp-[0-9A-Za-z]{8}$/],
    ['instance', /^i-[0-9A-Za-z]{8}$/],
    ['chain', /^sl-[0-9A-Za-z]{8}$/],
    ['share', /^share-[0-9A-Za-z]{10}$/]
  ] as const)('of a %s have their form, and never come twice', ([kind, form]) => {
    for (const seed of [0, 1, 4_294_967_295]) {
      const ids = Array.from({ length: 20_000 }, (_, n) => idOf(kind, n + 1, seed))
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.every((id) => form.test(id))).toBe(true)
    }
  })

  test.for(['volume', 'snapshot', 'policy', 'instance', 'share'])(
    'of a %s tell their number, in their world',
    (kind) => {
      for (const seed of [0, 1, 4_294_967_295]) {
        for (const n of [0, 1, 2, 61, 62, 3843, 1_000_003, 2 ** 40 + 1]) {
          const id = idOf(kind, n, seed)
          expect(numberOf(kind, id, seed)).toBe(n)
          expect(numberOf(kind, id, seed ^ 1)).not.toBe(n)
        }
      }
    }
  )

  test.for([
    ['volume', 's-00000001'],
    ['volume', 'v-'],
    ['volume', 'v-000000001'],
    ['volume', 'v-0000000'],
    ['volume', 'v-0000000-'],
    ['volume', 'v-0000000é'],
    ['volume', 'V-00000001'],
    ['volume', ''],
    ['share', 'share-00000001'],
    ['order', '0000000001']
  ] as const)('of a %s are none like %j', ([kind, id]) => {
    expect(numberOf(kind, id, 0)).toBeUndefined()
  })

  test('differ from world to world, and are the same again in one', () => {
    expect(idOf('volume', 7, 1)).not.toBe(idOf('volume', 7, 2))
    expect(idOf('volume', 7, 1)).toBe(idOf('volume', 7, 1))
  })

  test('that follow each other do not look it: every letter moves', () => {
    const ids = Array.from({ length: 500 }, (_, n) => idOf('snapshot', n + 1, 5).slice(2))
    for (let place = 0; place < 8; place++) {
      expect(new Set(ids.map((id) => id[place])).size, `letter ${place}`).toBeGreaterThan(30)
    }
  })
})
