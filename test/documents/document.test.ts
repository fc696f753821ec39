import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BadUsage } from '../../src/documents/complaint.ts'
import { parseDocument, readDocument } from '../../src/documents/document.ts'
import type { Path } from '../../src/documents/walk.ts'

async function refusalOf(text: string): Promise<string[]> {
  try {
    await parseDocument('f', text)
    return []
  } catch (error) {
    if (error instanceof BadUsage) return error.message.split('\n')
    throw error
  }
}
async function placesOf(text: string, ...paths: Path[]): Promise<string[]> {
  const document = await parseDocument('f', text)
  return (await document.find(paths)).map(({ where }) => where)
}

describe('what a text is taken for', () => {
  test.for([
    ['JSON', '{"a": [1]}', { a: [1] }],
    ['YAML', 'a:\n  - 1\n', { a: [1] }],
    ['flow YAML, which only begins like JSON', '{a: [1,]}', { a: [1] }],
    ['YAML behind a comment', '# {\na: [1]', { a: [1] }],
    ['a text', 'hello', 'hello'],
    ['nothing', '', null]
  ] as const)('%s', async ([, text, value]) => {
    expect((await parseDocument('f', text)).value).toEqual(value)
  })

  test.for(['utf8', 'utf16le'] as const)('a file with a byte order mark, in %s', async (encoding) => {
    const folder = await mkdtemp(join(tmpdir(), 'snapstand-document-'))
    try {
      const file = join(folder, 'f')
      for (const text of ['{"a": "每日"}', 'a: 每日\n']) {
        const bytes = Buffer.from(`\ufeff${text}`, encoding)
        await writeFile(file, bytes)
        expect((await readDocument(file)).value).toEqual({ a: '每日' })
        if (encoding === 'utf16le') {
          await writeFile(file, bytes.swap16())
          expect((await readDocument(file)).value).toEqual({ a: '每日' })
        }
      }
      await writeFile(file, Buffer.from([0x61, 0xff]))
      await expect(readDocument(file)).rejects.toThrow(
        'is no text (expected UTF-8, or UTF-16 that begins with its byte'
      )
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

test.for([
  ['a list', '- x\n- []: 1'],
  ['a map', '? { a: 1 }\n: 2'],
  ['an alias of a list', 'a: &a [1]\nb:\n  *a : 2']
] as const)('%s is no name, and nothing is printed about it', async ([, text]) => {
  const told: unknown[] = []
  const listen = (warning: unknown) => told.push(warning)
  process.on('warning', listen)
  try {
    expect(await refusalOf(text)).toStrictEqual([expect.stringMatching(/^f:\d+:\d+.* has a list or a map for a name$/)])
    await new Promise((resolve) => setImmediate(resolve))
    expect(told).toStrictEqual([])
  } finally {
    process.off('warning', listen)
  }
})

describe('merge keys', () => {
  test('are merged, one anchor or several, and what stands beside them goes before', async () => {
    const { value } = await parseDocument(
      'f',
      'base: &b { x: 1, y: 2 }\nother: &o { z: 3 }\none: { <<: *b, y: 5 }\ntwo:\n  <<: [*b, *o]\nthree:\n  <<: *b\n  <<: *o\n'
    )
    expect(value).toMatchObject({ one: { x: 1, y: 5 }, two: { x: 1, y: 2, z: 3 }, three: { z: 3 } })
  })

  test('what was merged is told where it is merged into', async () => {
    const text = 'a: &a { size: 0 }\nb:\n  - name: x\n    <<: *a\n'
    expect(await placesOf(text, ['a', 'size'], ['b', 0, 'size'])).toEqual(['f:1:9 a.size', 'f:3:5 b[0].size'])
  })
})

describe('places', () => {
  const wanted: Path[] = [[], ['a'], ['a', 'b', 1, 'c'], ['a', 'none'], ['a.b']]
  test.for([
    [
      'JSON',
      '{ "a": {\n  "b": [0, {"c": 1}] },\n  "a.b": 1 }',
      ['f:1:1', 'f:1:3 a', 'f:2:13 a.b[1].c', 'f:1:3 a.none', 'f:3:3 ["a.b"]']
    ],
    [
      'YAML',
      'a:\n  b:\n    - 0\n    - c: 1\na.b: 1\n',
      ['f:1:1', 'f:1:1 a', 'f:4:7 a.b[1].c', 'f:1:1 a.none', 'f:5:1 ["a.b"]']
    ]
  ] as const)('of members of %s', async ([, text, places]) => {
    expect(await placesOf(text, ...wanted)).toEqual(places)
  })
})

describe('what is refused, with its place', () => {
  test.for([
    [
      'JSON that was cut off',
      `{"a": [\n${'  "b",\n'.repeat(100_000)}  "b"`,
      ['f:100002:6: ends in the middle: "," or "]" is missing']
    ],
    ['JSON with a slip', '{"a": 1,\n "b" 2}', ['f:2:6: is no JSON: ":" is expected here, not "2}"']],
    ['members named twice in JSON', '{"a": 1,\n "a": 2}', ['f:2:2 a: is named twice']],
    [
      'members named twice in YAML',
      'a: 1\nb:\n  c: 1\n  c: 2\na: 3\n',
      ['f:5:1 a: is named twice', 'f:4:3 b.c: is named twice']
    ],
    ['YAML that is none', 'a: [1', [expect.stringMatching(/^f:1:6: not well-formed: /)]],
    ['an alias to nothing', 'a: *b', [expect.stringMatching(/^f:1:1: Unresolved alias/)]],
    [
      'YAML of more than 512 KiB',
      'a: b\n'.repeat(250_000),
      [expect.stringMatching(/^f:1:1: is no JSON, and YAML .* send it as JSON$/)]
    ],
    [
      'YAML that aliases blow up',
      `- &a [x]\n${'- *a\n'.repeat(2000)}`,
      [expect.stringContaining('Excessive alias count')]
    ]
  ] as const)('%s', async ([, text, lines]) => {
    expect(await refusalOf(text)).toEqual(lines)
  })

  test('of many troubles the first are told and the others counted', async () => {
    const lines = await refusalOf(`a:\n${'  b: 1\n'.repeat(1000)}`)
    expect(lines).toHaveLength(51)
    expect(lines.at(-1)).toBe('… and 949 more')
  })
})

test('YAML in a thread of its own is read as it is here', async () => {
  const text = Array.from({ length: 500 }, (_, n) => `member-${n}: { n: ${n}, list: [a, b] }\n`).join('')
  expect(text.length).toBeGreaterThan(2048)
  const document = await parseDocument('f', text)
  expect(document.value).toMatchObject({ 'member-499': { n: 499, list: ['a', 'b'] } })
  expect(await placesOf(text, ['member-499', 'list', 1])).toEqual(['f:500:33 member-499.list[1]'])
  expect(await refusalOf(`${text}member-1: twice\n`)).toEqual(['f:501:1 member-1: is named twice'])
})
