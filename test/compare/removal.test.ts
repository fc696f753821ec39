import { expect, test } from 'vitest'
import { createLedger, DEFAULT_BUDGET } from '../../src/compare/asking/budget.ts'
import { THINGS } from '../../src/compare/asking/index.ts'
import { removeAll } from '../../src/compare/asking/removal.ts'
import type { ThingKind } from '../../src/compare/asking/things.ts'
import type { Exchange } from '../../src/compare/exchange.ts'

/** What is left at a Baidu whose lists are empty, where a call for which `breaks` is true is not answered. */
async function leftWhere(breaks: (operation: string) => boolean) {
  const { baidu } = THINGS
  if (!baidu) throw new Error('Baidu has no things')
  const call = async (operation: string): Promise<Exchange> => {
    if (breaks(operation)) throw new Error('nobody answers')
    return {
      ...{ at: 0, took: 0, operation, request: { method: 'GET', url: '/', headers: [] } },
      response: { status: 200, headers: [], body: { json: {} } }
    }
  }
  const made = new Map<string, ThingKind>([
    ['v-Aaaaaaaa', 'disk'],
    ['asp-Aaaaaaaa', 'policy']
  ])
  const ledger = createLedger(DEFAULT_BUDGET)
  const caller = { startedAt: 0, exchanges: [], call, send: () => call('none') }
  const { things, reason } = await removeAll({ caller, ledger, things: baidu, tag: 'a-test', made, pollMs: 1 })
  return { ids: things.map(({ id }) => id), reason }
}

test('what no list shows any more is gone', async () => {
  expect(await leftWhere(() => false)).toEqual({ ids: [], reason: undefined })
})

test('where not even a list is answered, all that was made may be left', async () => {
  const left = await leftWhere((operation) => operation.startsWith('List'))
  expect(left).toEqual({ ids: ['v-Aaaaaaaa', 'asp-Aaaaaaaa'], reason: 'nobody answers' })
})

test('where only the recycle bin cannot be emptied, the disk alone may be left', async () => {
  const left = await leftWhere((operation) => operation === 'ReleaseVolume')
  expect(left).toEqual({ ids: ['v-Aaaaaaaa'], reason: 'nobody answers' })
})
