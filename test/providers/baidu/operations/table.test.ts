import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Server, start } from '../../../harness.ts'
import { type Row, row, rows } from '../stage.ts'
import { baiduCodes, baiduOperations, baiduWordings } from './specified.ts'

// `GET /_snapstand/operations?provider=baidu` held against section 5 of baidu.md, as data.

let server: Server
let listed: Row[]
beforeAll(async () => {
  server = await start()
  listed = rows(row((await server.control('GET', '/operations?provider=baidu')).body).operations)
})
afterAll(() => server.close())

function wayOf(route: unknown): string {
  const { method, path, selector } = row(route)
  return `${method} ${path}${selector === undefined ? '' : `?${selector}`}`
}

test('every operation of section 5 is listed, in its order, and no other', () => {
  expect(listed.map((each) => each.name)).toEqual(baiduOperations.map((each) => each.name))
})

test('only dedicated clusters are known and not served, and nothing of section 5', async () => {
  const { notServed } = row((await server.control('GET', '/operations?provider=baidu')).body)
  const names = rows(notServed).map(({ name }) => String(name))
  expect(names.filter((name) => !name.includes('VolumeCluster'))).toEqual([])
  expect(names).toHaveLength(9)
})

describe.for(baiduOperations)('$name', ({ name, ways, errors }) => {
  const found = () => row(listed.find((each) => each.name === name))

  test('has the ways in of the specification', () => {
    const { route, aliases = [] } = found()
    expect([route, ...rows(aliases)].map(wayOf)).toEqual(ways)
  })

  test('names its source and section', () => {
    expect(found().source).toMatch(/baidu\.md 5\.\d|7\.5/)
  })

  test('lists its codes with the literal status and message, and how each is reached', () => {
    const shown = rows(found().errors)
    expect(shown.map((each) => String(each.code)).sort()).toEqual([...errors].sort())
    for (const { code, status, message, reach } of shown) {
      const [expectedStatus, expectedMessage] = baiduCodes[String(code)] ?? []
      expect({ code, status, message }).toEqual({
        code,
        status: expectedStatus,
        message: baiduWordings[name]?.[String(code)] ?? expectedMessage
      })
      expect(reach, `${name} ${code}`).toMatch(/\S.*\.$/)
    }
  })
})

test('every open question of section 8 is answered in the README', () => {
  const readme = readFileSync(new URL('../../../../src/providers/baidu/README.md', import.meta.url), 'utf8')
  const answered = [...readme.matchAll(/^\| (Q\d+(?:(?:, | to )Q\d+)*) \| (\S.*?) \| \S/gm)].flatMap(
    ([, questions = '']) => {
      const numbers = [...questions.matchAll(/\d+/g)].map(Number)
      const [first = 0, last = 0] = numbers
      return questions.includes(' to ')
        ? Array.from({ length: last - first + 1 }, (_, index) => first + index)
        : numbers
    }
  )
  expect(answered).toEqual(Array.from({ length: 36 }, (_, index) => index + 1))
})
