import { expect, test } from 'vitest'
import { createAccess } from '../../../src/http/access.ts'
import { controlCheck } from '../../../src/http/control/access.ts'

const statusOf = (hosts: readonly string[], headers: { host?: string; origin?: string }) =>
  controlCheck(createAccess({ hosts }), undefined)(headers)?.status ?? 200

test.for([
  ['localhost', 200],
  ['127.0.0.1:7420', 200],
  ['127.8.9.10', 200],
  ['[::1]:7420', 200],
  ['LOCALHOST:1', 200],
  ['a.localhost', 200],
  ['localhost.example.com', 403],
  ['127.0.0.1.example.com', 403],
  ['', 403]
] as const)('without named hosts, %j is answered %i', ([host, status]) => {
  expect(statusOf([], { host })).toBe(status)
})

test.for([
  ['snapstand', 'snapstand', 200],
  ['snapstand', 'SnapStand:7420', 200],
  ['snapstand', 'a.snapstand', 403],
  ['snapstand:1', 'snapstand:1', 200],
  ['snapstand:1', 'snapstand:2', 403],
  ['10.0.0.5', '10.0.0.5:7420', 200],
  ['fd00::5', '[fd00::5]:7420', 200],
  ['[fd00::5]', '[FD00::5]', 200],
  ['[fd00::5]:1', '[fd00::5]:1', 200],
  ['[fd00::5]:1', '[fd00::5]:2', 403],
  ['.example.com', 'snap.example.com', 200],
  ['.example.com', 'a.b.example.com:7420', 200],
  ['.example.com', 'example.com', 200],
  ['.example.com', 'badexample.com', 403],
  ['.example.com', 'example.com.evil.org', 403]
] as const)('with %s named, %s is answered %i', ([named, host, status]) => {
  expect(statusOf([named], { host })).toBe(status)
  expect(statusOf([named], { host: 'localhost', origin: `http://${host}` })).toBe(status)
})
