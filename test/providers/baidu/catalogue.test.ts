import { expect, test } from 'vitest'
import { errors, requestExpired } from '../../../src/providers/baidu/errors.ts'
import { baidu } from '../../../src/providers/baidu/index.ts'
import { bccErrors, platformErrors } from './specified-errors.ts'

test('the catalogue has the codes, statuses and literal texts of baidu.md 3, and no others', () => {
  const catalogue = Object.entries(errors).map(([code, { status, message }]) => [code, status, message])
  expect(catalogue.sort()).toEqual([...platformErrors, ...bccErrors].map((row) => [...row]).sort())
})

test('any operation may answer the platform codes, BadRequest and NoSuchObject', () => {
  const common = Object.entries(baidu.catalogue).flatMap(([code, refusal]) => (refusal.common ? [code] : []))
  expect(common.sort()).toEqual([...platformErrors.map(([code]) => code), 'BadRequest', 'NoSuchObject'].sort())
})

test('RequestExpired names the date', () => {
  expect(requestExpired('2026-03-01T12:00:00Z', {}).message).toBe(
    'Request has expired. Timestamp date is 2026-03-01T12:00:00Z.'
  )
})
