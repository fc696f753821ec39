import { expect, test } from 'vitest'
import { fromOffsetMinutes, toOffsetMinutes } from '../../../../src/providers/baidu/wire/convert.ts'

test.for([
  ['+08:00', 480],
  ['-05:30', -330],
  ['+00:00', 0],
  ['+14:00', 840]
] as const)('%s is %i minutes', ([text, minutes]) => {
  expect(toOffsetMinutes(text)).toBe(minutes)
  expect(fromOffsetMinutes(minutes)).toBe(text)
})
