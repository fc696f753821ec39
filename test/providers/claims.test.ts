import { existsSync, readFileSync } from 'node:fs'
import { Type } from '@sinclair/typebox'
import { describe, expect, test } from 'vitest'
import { clouds } from '../../src/clouds.ts'
import { behavioursOf, claimsOf, countsOf, membersOf, statesOf } from '../../src/providers/claims.ts'
import {
  client,
  documented,
  type Evidence,
  inferred,
  invented,
  recorded,
  resting,
  sourceOf,
  statement
} from '../../src/providers/evidence.ts'
import type { Provider } from '../../src/providers/provider.ts'
import { zec, operation as zenlayerOperation } from '../../src/providers/zenlayer/operations/operation.ts'

// What everything of a cloud rests on: nothing is without it, nothing is taken for documented that no page documents,
// and each section that is named is there.

const DAY = /^\d{4}-\d{2}-\d{2}$/
const LABEL = /\b(?:proposed|inferred|invented|stated)\b/i

/** What is wrong with it; nothing, if it says all that its kind has to say. */
function wrongsOf(evidence: Evidence, sections: ReadonlySet<string>): readonly string[] {
  const said: Readonly<Record<string, boolean>> = {
    'names no page': evidence.kind === 'documented' && evidence.page === '',
    'has no day of reading': evidence.kind === 'documented' && !DAY.test(evidence.readBy),
    'names no client': evidence.kind === 'client' && evidence.clients.filter((name) => name !== '').length === 0,
    'has no day of recording': evidence.kind === 'recorded' && (!DAY.test(evidence.on) || evidence.tool === ''),
    'says not from what': evidence.kind === 'inferred' && evidence.basis === '',
    'says not why': evidence.kind === 'invented' && evidence.why === '',
    [`names no section: ${evidence.section}`]: !citedIn(evidence.section).every((each) => sections.has(each))
  }
  return Object.entries(said).flatMap(([wrong, isSo]) => (isSo ? [wrong] : []))
}

/** `zenlayer.md 5.1, question 1` → `5.1`, `question 1`; text that cites nothing gives one that is nowhere. */
function citedIn(section: string): readonly string[] {
  const [, cited = 'nothing'] = /^\w+\.md (.+)$/.exec(section) ?? []
  return cited.split(', ').map((each) => each.replace(/^(?:question |Q)/, 'question '))
}

function sectionsOf(specification: string): ReadonlySet<string> {
  expect(existsSync(specification)).toBe(true)
  const text = readFileSync(specification, 'utf8')
  return new Set([
    ...[...text.matchAll(/^#{1,6} (\d+(?:\.\d+)*)\.?(?= |:|$)/gm)].map(([, number = '']) => number),
    ...[...text.matchAll(/^\| Q?(\d+[a-z]?) \|/gm)].map(([, number = '']) => `question ${number}`)
  ])
}

/** Everything of a cloud that lacks something, by what it is. */
function gapsOf(provider: Provider): readonly string[] {
  const sections = sectionsOf(provider.specification)
  const told = (what: string, evidence: Evidence) => wrongsOf(evidence, sections).map((wrong) => `${what} ${wrong}`)
  return [
    ...provider.operations.flatMap((operation) => [
      ...claimsOf(provider, operation).flatMap(({ about, name, text, evidence }) =>
        told(`${operation.name} ${about} ${name || text}`, evidence)
      ),
      ...operation.errors
        .filter(
          (code) => operation.evidence.kind !== 'documented' && operation.reachEvidence[code] === operation.evidence
        )
        .map((code) => `${operation.name} error ${code} rests on a row that no page documents`)
    ]),
    ...Object.entries(provider.catalogue).flatMap(([code, { evidence, textEvidence = evidence }]) => [
      ...told(code, evidence),
      ...told(`${code} text`, textEvidence)
    ]),
    ...Object.entries(provider.states).flatMap(([thing, table]) =>
      Object.entries(table).flatMap(([name, rule]) => told(`${thing} ${name}`, rule.evidence))
    ),
    ...behavioursOf(provider).flatMap(({ about, name, evidence }) => told(`${about} ${name}`, evidence))
  ]
}

describe.for(clouds.map((provider) => [provider.name, provider] as const))('%s', ([, provider]) => {
  test('rows, members, codes, states, settings and rules of time all say what they rest on', () => {
    expect(gapsOf(provider)).toEqual([])
  })

  test('what something rests on is typed, and no longer a word in its text', () => {
    const texts = [
      ...provider.operations.flatMap(({ notes, reach }) => [...notes.map(({ text }) => text), ...Object.values(reach)]),
      ...behavioursOf(provider).map(({ text }) => text)
    ]
    expect(texts.length).toBeGreaterThan(100)
    expect(texts.filter((text) => text !== undefined && LABEL.test(text))).toEqual([])
  })

  test('every line of a table of states is some operation’s or its variant', () => {
    const shown = provider.operations.flatMap((operation) => statesOf(provider, operation))
    const lines = Object.values(provider.states).flatMap((table) => Object.keys(table))
    expect(lines.length - shown.length).toBeLessThanOrEqual(1)
    expect(shown.length).toBeGreaterThan(15)
  })
})

const PAGE = documented('a page', '2026-11-22', 'zenlayer.md 5.1')
const GUESS = inferred('its name', 'zenlayer.md 5.1')
const planted = zenlayerOperation({
  name: 'Planted',
  summary: 'For this test.',
  evidence: PAGE,
  route: zec('Planted'),
  request: {
    body: Type.Object({
      diskId: Type.String(),
      tags: Type.Optional(resting(Type.Array(Type.Object({ key: Type.String() })), GUESS)),
      note: Type.Optional(Type.Union([Type.Object({ text: Type.String() }), Type.Null()]))
    })
  },
  response: Type.Object({
    dataSet: Type.Array(
      Type.Object({ id: Type.String(), colour: resting(Type.String(), invented('for this test', 'zenlayer.md 5.1')) })
    ),
    seen: resting(Type.String(), recorded('2026-11-28', 'a recorder 1.0', 'zenlayer.md 5.1'))
  }),
  errors: ['INVALID_DISK_NOT_FOUND', 'UNSUPPORTED_OPERATION_DISK_STATUS'],
  reach: {
    INVALID_DISK_NOT_FOUND: 'An unknown `diskId`.',
    UNSUPPORTED_OPERATION_DISK_STATUS: statement('Never.', client(['Terraform'], 'zenlayer.md 5.1'))
  },
  notes: [statement('It does nothing.', invented('for this test', 'zenlayer.md 5.1'))],
  run: () => ({ dataSet: [], seen: '' })
})

test('a member rests on what is around it, unless it says otherwise', () => {
  expect(membersOf(planted).map(({ name, evidence }) => `${name} ${evidence.kind}`)).toEqual([
    'body.diskId documented',
    'body.tags inferred',
    'body.tags.key inferred',
    'body.note documented',
    'body.note.text documented',
    'answer.dataSet documented',
    'answer.dataSet.id documented',
    'answer.dataSet.colour invented',
    'answer.seen recorded'
  ])
})

test('claims are counted by kind', () => {
  const states = { disk: { Planted: { allowed: ['IN_USE'], evidence: GUESS } } }
  const claims = claimsOf({ states }, planted)
  expect(countsOf(claims)).toEqual({ documented: 7, client: 1, recorded: 1, inferred: 3, invented: 2 })
  expect(countsOf([])).toEqual({ documented: 0, client: 0, recorded: 0, inferred: 0, invented: 0 })
})

test('evidence is told in words', () => {
  expect(sourceOf(PAGE)).toBe('a page (zenlayer.md 5.1)')
  expect(sourceOf(client(['A', 'B'], 'zenlayer.md 5.1'))).toBe('A, B (zenlayer.md 5.1)')
  expect(sourceOf(recorded('2026-11-28', 'a recorder', 'zenlayer.md 5.1'))).toBe(
    'recorded with a recorder on 2026-11-28 (zenlayer.md 5.1)'
  )
  expect(sourceOf(GUESS)).toBe('inferred: its name (zenlayer.md 5.1)')
})

describe('a gap is found', () => {
  const [zenlayer] = clouds.filter(({ name }) => name === 'zenlayer')
  const spoilt: readonly (readonly [string, (provider: Provider) => Provider, string])[] = [
    [
      'a row',
      (provider) => ({
        ...provider,
        operations: [{ ...planted, evidence: documented('', '2026-11-22', 'zenlayer.md 5.1') }]
      }),
      'Planted operation Planted names no page'
    ],
    [
      'a member',
      (provider) => ({
        ...provider,
        operations: [
          { ...planted, response: resting(Type.Object({ a: Type.String() }), invented('', 'zenlayer.md 5.1')) }
        ]
      }),
      'Planted member answer.a says not why'
    ],
    [
      'a section',
      (provider) => ({
        ...provider,
        operations: [{ ...planted, notes: [statement('x', inferred('x', 'zenlayer.md nowhere'))] }]
      }),
      'Planted note x names no section: zenlayer.md nowhere'
    ],
    [
      'an error of a row that no page documents',
      (provider) => ({
        ...provider,
        operations: [{ ...planted, evidence: GUESS, reachEvidence: { INVALID_DISK_NOT_FOUND: GUESS } }]
      }),
      'Planted error INVALID_DISK_NOT_FOUND rests on a row that no page documents'
    ],
    [
      'a code',
      (provider) => ({
        ...provider,
        catalogue: { X: { status: 400, message: 'x', evidence: documented('', '', 'zenlayer.md 3.1') } }
      }),
      'X names no page'
    ],
    [
      'a setting',
      (provider) => {
        const [name = '', setting] = Object.entries(provider.rules.settings)[0] ?? []
        const settings = setting ? { [name]: { ...setting, evidence: client([], 'zenlayer.md 5.1') } } : {}
        return { ...provider, rules: { ...provider.rules, settings } }
      },
      'setting zenlayer.recycleBin names no client'
    ],
    [
      'a rule of time',
      (provider) => ({
        ...provider,
        rules: { ...provider.rules, bin: statement('x', recorded('today', 'x', 'zenlayer.md 5.1')) }
      }),
      'time bin has no day of recording'
    ]
  ]
  test.for(spoilt)('in %s', ([, spoil, expected]) => {
    if (!zenlayer) throw new Error('there is no such cloud')
    expect(gapsOf(spoil(zenlayer))).toContain(expected)
  })
})
