import { expect, test } from 'vitest'
import { beside, type Result, spreadOf } from '../../bench/measure/result.ts'
import { worsened } from '../../bench/report/compare.ts'
import { pictureOf } from '../../bench/report/picture.ts'

const line = (ratio: number, more: Partial<Result> = {}): Result => ({
  ...beside({ name: 'create', what: 'a create', unit: 'µs' }, [ratio], 'a bare one', [1]),
  ...more
})

test('what became more than 15 % worse by its ratio is named, and nothing else', () => {
  const before = { results: [line(2), line(0.8, { name: 'files', better: 'more' }), line(1, { name: 'gone' })] }
  const same = [line(2.2), line(0.9, { name: 'files', better: 'more' }), line(9, { name: 'new' })]
  expect(worsened({ results: same }, before)).toEqual([])
  const worse = [line(2.5), line(0.6, { name: 'files', better: 'more', what: 'files' })]
  expect(worsened({ results: worse }, before)).toEqual([
    'a create: 2.50 ×, was 2.00 × (25 % worse)',
    'files: 0.60 ×, was 0.80 × (33 % worse)'
  ])
  const { yardstick: _yardstick, ratio: _ratio, ...alone } = line(100)
  expect(worsened({ results: [alone] }, before)).toEqual([])
})

test('a spread is the middle of what was measured, and its ends', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 })
  expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, least: 1, most: 4 })
})

test('a curve is drawn within its picture', () => {
  const picture = pictureOf([
    {
      title: 'a & b',
      x: 'n',
      y: 'ms',
      lines: [
        {
          name: 'one',
          points: [
            [1, 0.5],
            [1000, 20]
          ]
        }
      ]
    }
  ])
  const [, , width = 0, height = 0] = (/viewBox="([^"]+)"/.exec(picture)?.[1] ?? '').split(' ').map(Number)
  const dots = [...picture.matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
  expect(dots).toHaveLength(2)
  for (const [x, y] of dots) expect(x > 0 && x < width && y > 0 && y < height).toBe(true)
  expect(picture).toContain('a &amp; b')
})
