import { expect, test } from 'vitest'
import type { JournalEntry } from '../../../src/core/model/journal.ts'
import { createBudget, createJournal } from '../../../src/core/worlds/journal.ts'
import { entry } from '../fake-cloud.ts'

const idsOf = (journal: ReturnType<typeof createJournal>) => journal.entries().map(({ id }) => id)

/** How many entries hang in the budget's order, from both ends. */
function lengthsOf(budget: ReturnType<typeof createBudget>): readonly [number, number] {
  let forth = 0
  for (let slot = budget.oldest; slot; slot = slot.newer) forth++
  let back = 0
  for (let slot = budget.newest; slot; slot = slot.older) back++
  return [forth, back]
}

test('a world keeps its newest thousand, and the order of all holds no more than is kept', () => {
  const budget = createBudget(1e9)
  const journal = createJournal(budget)
  for (let n = 0; n < 25_000; n++) journal.add(entry(n))
  expect(journal.counts()).toMatchObject({ added: 25_000, dropped: 24_000 })
  expect(idsOf(journal).at(0)).toBe('call-24999')
  expect(idsOf(journal).at(-1)).toBe('call-24000')
  expect(lengthsOf(budget)).toEqual([1000, 1000])
  expect(journal.find('call-24500')?.at).toBe(24_500)
  expect(journal.find('call-23999')).toBeUndefined()
})

test('over the bytes of all the oldest of all go, whoever’s they are', () => {
  const budget = createBudget(20 * 1024)
  const [one, other] = [createJournal(budget), createJournal(budget)]
  for (let n = 0; n < 100; n++) (n % 3 === 0 ? one : other).add(entry(n))
  const kept = [...idsOf(one), ...idsOf(other)].map((id) => Number(id.slice(5))).sort((a, b) => a - b)
  expect(kept.length).toBeGreaterThan(10)
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => 100 - kept.length + index))
  expect(budget.bytes).toBeLessThanOrEqual(budget.maxBytes)
  expect(budget.bytes).toBe(one.counts().bytes + other.counts().bytes)
})

test('what is cleared no longer counts, and others stay', () => {
  const budget = createBudget(1e9)
  const [one, other] = [createJournal(budget), createJournal(budget)]
  for (let n = 0; n < 30; n++) (n % 2 === 0 ? one : other).add(entry(n))
  one.clear()
  expect(one.counts()).toEqual({ added: 0, dropped: 0, bytes: 0, calls: 0 })
  expect(idsOf(other)).toHaveLength(15)
  expect(budget.bytes).toBe(other.counts().bytes)
  expect(lengthsOf(budget)).toEqual([15, 15])
  other.clear()
  expect(lengthsOf(budget)).toEqual([0, 0])
  expect(budget.bytes).toBe(0)
})

test('every text of an entry counts', () => {
  const size = (more: Partial<JournalEntry>) => {
    const journal = createJournal(createBudget(1e9))
    journal.add(entry(1, more))
    return journal.counts().bytes
  }
  const text = 'x'.repeat(1000)
  const plain = size({})
  for (const more of [
    { url: text },
    { request: text },
    { response: text },
    { unused: [text] },
    { resources: [text] },
    { refusal: { hint: text } },
    { headers: { 'x-note': text } },
    { headers: { [text]: '' } }
  ] satisfies Partial<JournalEntry>[]) {
    expect(size(more) - plain, Object.keys(more).join()).toBeGreaterThan(1900)
  }
})

test('an entry that is larger than all the room there is leaves nothing behind', () => {
  const budget = createBudget(2048)
  const journal = createJournal(budget)
  journal.add(entry(1))
  journal.add(entry(2, { request: 'x'.repeat(5000) }))
  expect(idsOf(journal)).toEqual([])
  expect(budget).toMatchObject({ bytes: 0, oldest: undefined, newest: undefined })
  expect(journal.counts()).toMatchObject({ added: 2, dropped: 2 })
})

test('an entry is made when it is read, once, and counts for what is held', () => {
  const budget = createBudget(1e9)
  const journal = createJournal(budget)
  let made = 0
  const late = (n: number, more: Partial<JournalEntry> = {}) => {
    const whole = entry(n, { operation: 'CreateSnapshot', resources: [`disk-${n}`], ...more })
    const { id, world, operation, status, code, at } = whole
    journal.addLate({
      ...{ id, world, operation, status, code, at, bytes: 100 },
      made() {
        made++
        return whole
      }
    })
    return whole
  }
  const [first, second, third] = [late(1), late(2, { operation: 'DescribeDisks' }), late(3)]
  expect(journal.counts().bytes).toBe(300)
  expect(journal.entries({ operation: 'CreateSnapshot', limit: 1 })).toEqual([third])
  expect(made).toBe(1)
  expect(journal.entries({ resource: 'disk-1' })).toEqual([first])
  expect(journal.find('call-2')).toBe(second)
  expect(journal.entries()).toEqual([third, second, first])
  expect(made).toBe(3)
  const eager = createJournal(createBudget(1e9))
  for (const each of [first, second, third]) eager.add(each)
  expect(journal.counts().bytes).toBe(eager.counts().bytes)
  expect(budget.bytes).toBe(eager.counts().bytes)
  const reading = journal.each()
  reading.next()
  journal.clear()
  expect(reading.next().value).toEqual(second)
  expect(budget.bytes).toBe(0)
})
