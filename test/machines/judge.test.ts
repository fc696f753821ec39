import { expect, test } from 'vitest'
import { wrongOfBytes } from '../../machines/answers/bytes.ts'
import { judgeOf } from '../../machines/answers/judge.ts'
import { clouds } from '../../machines/fuzz/clouds.ts'
import type { Answer } from '../../machines/server/connection.ts'

// What the machines find is what the judge says: each kind of wrong answer is planted here once.

const judge = judgeOf(clouds)
const ZEN_ID = 'T0D3C1B6E-6E7F-4B1F-9C58-0B7A4B0C3E11'
const BCE_ID = '0d3c1b6e-6e7f-4b1f-9c58-0b7a4b0c3e11'
const date = 'Mon, 05 Jan 2026 08:00:00 GMT'

const createSnapshot = {
  method: 'POST',
  path: '/api/v2/zec',
  query: [],
  headers: { 'content-type': 'application/json', 'x-zc-action': 'CreateSnapshot', 'x-zc-version': '2025-09-01' }
}
const getAsp = { method: 'GET', path: '/v2/asp/asp-1', query: [], headers: {} }
const health = { method: 'GET', path: '/_snapstand/health', query: [], headers: {} }

const zen = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  answer(status, body, { 'content-type': 'application/json;charset=UTF-8', ...headers })
const bce = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  zen(status, body, { 'x-bce-request-id': BCE_ID, server: 'BWS', ...headers })
const problem = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  answer(status, body, { 'content-type': 'application/problem+json; charset=utf-8', ...headers })
const moved = { type: 'a', title: 'b', status: 503, detail: 'The world is moved to http://one: reload the proxy.' }
const soon = { 'retry-after': '1' }
function answer(status: number, body: unknown, headers: Readonly<Record<string, string>>): Answer {
  const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '')
  return { status, headers: { date, ...headers }, body: Buffer.from(text) }
}

const made = { requestId: ZEN_ID, response: { requestId: ZEN_ID, snapshotId: '1' } }
const zenRefusal = (code: string, more = {}) => ({ requestId: ZEN_ID, code, message: 'No.', ...more })
const bceRefusal = (code: string, more = {}) => ({ requestId: BCE_ID, code, message: 'No.', ...more })

test.for([
  ['a success', createSnapshot, zen(200, made)],
  ['a refusal that the row lists', createSnapshot, zen(404, zenRefusal('INVALID_DISK_NOT_FOUND'))],
  ['a common refusal', createSnapshot, zen(400, zenRefusal('MISSING_PARAMETER'))],
  [
    'an unknown path',
    { ...createSnapshot, path: '/api/v1' },
    zen(404, zenRefusal('AUTHFAILURE_UNAUTHORIZED_OPERATION'))
  ],
  ['a refusal of Baidu', getAsp, bce(404, bceRefusal('NoSuchObject'))],
  ['an answer to HEAD', { ...getAsp, method: 'HEAD' }, bce(400, '')],
  ['a success of the control API', health, answer(200, {}, { 'content-type': 'application/json; charset=utf-8' })],
  ['a problem', health, problem(404, { type: 'about:blank', title: 'Not Found', status: 404, detail: 'No.' })],
  ['a world that is moved', health, problem(503, moved, soon)]
] as const)('%s is right', ([, request, given]) => {
  expect(judge(request, given).wrong).toBeUndefined()
})

test.for([
  ['a crash', createSnapshot, zen(500, zenRefusal('INTERNAL_SERVER_ERROR')), /status 500/],
  ['another type', createSnapshot, zen(200, made, { 'content-type': 'text/html' }), /type text\/html/],
  ['no JSON', createSnapshot, zen(200, '<html>'), /no JSON/],
  ['no Date', createSnapshot, { ...zen(200, made), headers: {} }, /without a Date/],
  ['a member more', createSnapshot, zen(200, { ...made, response: { ...made.response, more: 1 } }), /members or types/],
  [
    'a number for text',
    createSnapshot,
    zen(200, { ...made, response: { requestId: ZEN_ID, snapshotId: 1 } }),
    /members/
  ],
  ['a member less', createSnapshot, zen(200, { ...made, response: { requestId: ZEN_ID } }), /members or types/],
  ['another envelope', createSnapshot, zen(200, { requestId: ZEN_ID, snapshotId: '1' }), /envelope/],
  ['two ids', createSnapshot, zen(200, { ...made, requestId: ZEN_ID.replace('0', '1') }), /envelope/],
  [
    'an id of the other cloud',
    createSnapshot,
    zen(404, { ...zenRefusal('MISSING_PARAMETER'), requestId: BCE_ID }),
    /id/
  ],
  ['an unknown code', createSnapshot, zen(400, zenRefusal('OOPS')), /unknown code OOPS/],
  ['a code of another row', createSnapshot, zen(400, zenRefusal('INVALID_RETENTION_DAYS')), /does not list/],
  ['another status', createSnapshot, zen(400, zenRefusal('INVALID_DISK_NOT_FOUND')), /status 400, not 404/],
  ['a refusal with more', createSnapshot, zen(400, zenRefusal('MISSING_PARAMETER', { hint: 'x' })), /members/],
  [
    'a hint that is no ASCII',
    createSnapshot,
    zen(400, zenRefusal('MISSING_PARAMETER'), { 'x-snapstand-hint': 'é' }),
    /hint/
  ],
  ['a success of nothing', { ...createSnapshot, headers: {} }, zen(200, made), /no operation/],
  ['two ids of Baidu', getAsp, bce(404, bceRefusal('NoSuchObject', { requestId: ZEN_ID })), /two request ids/],
  ['another server', getAsp, bce(404, bceRefusal('NoSuchObject'), { server: 'nginx' }), /server nginx/],
  ['a world that is moved, and not when to come again', health, problem(503, moved), /status 503/],
  ['another 503', health, problem(503, { ...moved, detail: 'The machine is busy.' }, soon), /status 503/],
  ['a problem without detail', health, problem(404, { type: 'about:blank', title: 'x', status: 404 }), /problem/],
  ['another status in a problem', health, problem(404, { type: 'a', title: 'b', status: 400, detail: 'c' }), /problem/],
  ['a foreign refusal', health, answer(404, 'Not Found', { 'content-type': 'text/plain' }), /refusal of type/]
] as const)('%s is wrong', ([, request, given, wrong]) => {
  expect(judge(request, given).wrong).toMatch(wrong)
})

test.for([
  ['silence', [], /no answer/],
  ['a crash', [zen(500, zenRefusal('INTERNAL_SERVER_ERROR'))], /status 500/],
  ['a foreign answer', [answer(400, 'Bad Request', { 'content-type': 'text/plain' })], /type text\/plain/],
  ['a refusal with other members', [zen(400, { code: 'MISSING_PARAMETER' })], /other members/],
  ['the second of two', [zen(200, made), zen(400, zenRefusal('OOPS'))], /unknown code OOPS/]
] as const)('to bytes of which nobody knows what they ask for, %s is wrong', ([, answers, wrong]) => {
  expect(wrongOfBytes(answers, clouds)).toMatch(wrong)
})

test('to such bytes both clouds’ refusals and problems are right', () => {
  const told = { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'No.' }
  const answers = [zen(200, made), zen(400, zenRefusal('MISSING_PARAMETER')), bce(404, bceRefusal('NoSuchObject'))]
  expect(wrongOfBytes([...answers, problem(400, told)], clouds)).toBeUndefined()
})
