import { describe, expect, test } from 'vitest'
import { clientToken } from '../../../../src/providers/baidu/protocol/token.ts'
import { ApiError } from '../../../../src/providers/provider.ts'
import { raw } from './signed-requests.ts'

const BODY = '{"name":"asp-num1","timePoints":["20"],"retentionDays":"7","tags":[{"tagKey":"a","tagValue":null}]}'
const token = (method: string, url: string, body = BODY) =>
  clientToken(raw(method, url, {}), body === '' ? {} : JSON.parse(body))
const FIRST = token('POST', '/v2/asp?clientToken=t-1')

describe('the same request', () => {
  test.for([
    ['sent again', 'POST', '/v2/asp?clientToken=t-1', BODY],
    [
      'with its members in another order and blanks between them',
      'POST',
      '/v2/asp?clientToken=t-1',
      '{ "tags": [{"tagValue":null,"tagKey":"\\u0061"}], "retentionDays":"7", "timePoints": ["20"], "name":"asp-num1" }'
    ],
    ['escaped otherwise', 'POST', '/v2/%61sp?client%54oken=t%2D1', BODY],
    ['in absolute form', 'POST', 'http://127.0.0.1/v2/asp?clientToken=t-1', BODY],
    ['with credentials in the query', 'POST', '/v2/asp?x-bce-security-token=s&clientToken=t-1&Authorization=x', BODY],
    ['with an earlier token before the last', 'POST', '/v2/asp?clientToken=other&clientToken=t-1', BODY]
  ] as const)('is the one %s', ([, method, url, body]) => {
    expect(token(method, url, body)).toEqual(FIRST)
  })

  test('does not depend on the order of the query, nor on the "=" of an action key', () => {
    const one = token('PUT', '/v2/asp/asp-1?attach&clientToken=t&x=1')
    expect(one).toEqual(token('PUT', '/v2/asp/asp-1?x=1&clientToken=t&attach='))
  })

  test('has the same empty body as one with an empty object', () => {
    expect(token('POST', '/v2/asp?clientToken=t', '')).toEqual(token('POST', '/v2/asp?clientToken=t', '{}'))
  })
})

describe('another request', () => {
  test.for([
    ['method', 'PUT', '/v2/asp?clientToken=t-1', BODY],
    ['path', 'POST', '/v2/asp/?clientToken=t-1', BODY],
    ['version', 'POST', '/v3/asp?clientToken=t-1', BODY],
    ['query', 'POST', '/v2/asp?clientToken=t-1&x', BODY],
    ['value', 'POST', '/v2/asp?clientToken=t-1', BODY.replace('num1', 'num2')],
    ['type of a value', 'POST', '/v2/asp?clientToken=t-1', BODY.replace('"20"', '20')],
    ['unknown member', 'POST', '/v2/asp?clientToken=t-1', BODY.replace('{', '{"x":1,')],
    ['missing instead of null member', 'POST', '/v2/asp?clientToken=t-1', BODY.replace(',"tagValue":null', '')]
  ] as const)('is one with another %s', ([, method, url, body]) => {
    expect(token(method, url, body)?.token).toBe('t-1')
    expect(token(method, url, body)?.request).not.toBe(FIRST?.request)
  })

  test('is one whose order of a list differs', () => {
    const listed = (list: string) => token('POST', '/v2/asp?clientToken=t', `{"timePoints":${list}}`)?.request
    expect(listed('[1,2]')).not.toBe(listed('[2,1]'))
  })
})

describe('no token', () => {
  test.for([
    ['POST', '/v2/asp'],
    ['POST', '/v2/asp?clientToken='],
    ['POST', '/v2/asp?clientToken'],
    ['POST', '/v2/asp?clienttoken=t'],
    ['POST', '/v2/asp?clientToken=t&clientToken='],
    ['GET', '/v2/asp?clientToken=t'],
    ['GET', `/v2/asp?clientToken=${'t'.repeat(65)}`]
  ] as const)('is in %s %s', ([method, url]) => {
    expect(token(method, url)).toBeUndefined()
  })
})

test.for([
  ['65 characters', 't'.repeat(65)],
  ['Chinese characters', '%E6%AF%8F'],
  ['raw UTF-8', Buffer.from('每').toString('latin1')],
  ['a control character', 'a%00b']
] as const)('a token of %s is a BadRequest', ([, text]) => {
  expect.assertions(3)
  try {
    token('POST', `/v2/asp?clientToken=${text}`)
  } catch (error) {
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ code: 'BadRequest', status: 400 })
    expect(error).toMatchObject({ why: { field: 'query.clientToken' } })
  }
})

test('a token of 64 printable ASCII characters is one', () => {
  const text = `a b+/=&?${'t'.repeat(56)}`
  expect(token('DELETE', `/v2/asp/asp-1?clientToken=${encodeURIComponent(text)}`)?.token).toBe(text)
})
