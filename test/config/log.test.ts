import { expect, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { hiderOf } from '../../src/documents/hiding.ts'

const AT = /\d{4}-\d\d-\d\dT[\d:.]+Z/

/** What is told of these messages, without the instants. */
function told(format: 'text' | 'json', level: 'silent' | 'error' | 'info' = 'info'): readonly string[] {
  const lines: string[] = []
  const log = createLog({ level, format, hide: hiderOf(['a-secret']), write: (line) => lines.push(line) })
  log('a call', { operation: 'CreateSnapshot', status: 200, key: 'a-secret', none: undefined })
  log('of its own\nname', { message: 'another', level: 'another' })
  log('broken', { error: new Error('the disk is full') })
  for (const line of lines) expect(line).toMatch(AT)
  return lines.map((line) => line.replace(AT, 'T'))
}

test('as text a message is a line, an error one with its stack below', () => {
  const [call, own, broken] = told('text')
  expect(call).toBe('T info a call operation="CreateSnapshot" status=200 key="***"')
  expect(own).toBe('T info of its own name message="another" level="another"')
  expect(broken).toMatch(/^T error broken\nError: the disk is full\n +at /)
})

test('as JSON each message is one line and one object, an error with its stack', () => {
  const lines = told('json')
  expect(lines.join('')).not.toMatch(/[\r\n]/)
  const [call, own, broken] = lines.map((line) => JSON.parse(line))
  expect(call).toEqual({
    at: 'T',
    level: 'info',
    message: 'a call',
    operation: 'CreateSnapshot',
    status: 200,
    key: '***'
  })
  // No detail can pass for the message.
  expect(own).toEqual({ at: 'T', level: 'info', message: 'of its own\nname' })
  expect(broken).toEqual({
    at: 'T',
    level: 'error',
    message: 'broken',
    error: expect.stringMatching(/^Error: the disk is full\n +at /)
  })
})

test.for(['text', 'json'] as const)('the level says what is told, as %s too', (format) => {
  expect(told(format, 'silent')).toEqual([])
  expect(told(format, 'error')).toHaveLength(1)
})
