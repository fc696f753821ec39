import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zenlayer } from '../../src/compare/clouds/zenlayer.ts'
import type { Exchange } from '../../src/compare/exchange.ts'
import { compareRecorded } from '../../src/compare/explaining/explain.ts'
import type { Recorded } from '../../src/compare/replay/replay.ts'
import { openStage, type Stage } from '../../src/compare/replay/stage.ts'
import { otherSide, startOther, zenlayerFlow } from './other-side.ts'

let stage: Stage
let honest: Recorded
beforeAll(async () => {
  stage = await openStage(zenlayer.provider)
  await using server = await startOther()
  const side = otherSide(server, zenlayer)
  await zenlayerFlow(side)
  honest = { ...side, startedAt: side.startedAt, exchanges: [...side.exchanges] }
})
afterAll(() => stage.close())

type Json = Record<string, unknown>

/** What a fake does to the answers of a Snapstand, and what is found then. */
const LIES: readonly {
  readonly lie: string
  readonly found: readonly (readonly [kind: string, where: string])[]
  change?(body: Json, action: string): unknown
  /** The whole exchange, as text. */
  text?(text: string): string
  readonly headers?: Readonly<Record<string, string>>
  readonly status?: (status: number) => number
}[] = [
  {
    lie: 'leaves `serial` out of disks',
    found: [['more', 'response.dataSet[].serial']],
    change: (body) => rows(body).map((row) => Reflect.deleteProperty(row, 'serial'))
  },
  {
    lie: 'has a member `zone` that nobody documents',
    found: [['missing', 'response.dataSet[].zone']],
    change: (body, action) => action === 'DescribeDisks' && rows(body).map((row) => Object.assign(row, { zone: 1 }))
  },
  {
    lie: 'has null in place of an empty list',
    found: [['null', 'response.dataSet[].tags.tags']],
    change: (body, action) =>
      rows(body).map((row) => {
        const tags = action === 'DescribeDisks' ? row.tags : undefined
        if (isJson(tags) && Array.isArray(tags.tags) && tags.tags.length === 0) tags.tags = null
        return row
      })
  },
  {
    lie: 'writes sizes as text',
    found: [['type', 'response.dataSet[].diskSize']],
    change: (body) =>
      rows(body).map((row) => 'diskSize' in row && Object.assign(row, { diskSize: String(row.diskSize) }))
  },
  {
    lie: 'lists the disks of a policy in another order',
    found: [['order', 'response.dataSet[].diskIdSet[]']],
    change: (body) => rows(body).map(({ diskIdSet }) => Array.isArray(diskIdSet) && diskIdSet.reverse())
  },
  {
    lie: 'has another code for an unknown disk',
    found: [['code', 'code']],
    change: (body) => body.code === 'INVALID_DISK_NOT_FOUND' && Object.assign(body, { code: 'INVALID_DISK' })
  },
  {
    lie: 'has another message for an unknown disk',
    found: [['message', 'message']],
    change: (body) => body.code === 'INVALID_DISK_NOT_FOUND' && Object.assign(body, { message: 'No such disk.' })
  },
  {
    lie: 'refuses with 409 in place of 404',
    found: [['status', '']],
    status: (status) => (status === 404 ? 409 : status)
  },
  {
    lie: 'cuts instants to the minute',
    found: [['rounding', 'response.dataSet[].createTime']],
    change: (body, action) =>
      action === 'DescribeDisks' &&
      rows(body).map((row) => Object.assign(row, { createTime: String(row.createTime).replace(/:\d\dZ$/, ':00Z') }))
  },
  {
    lie: 'writes milliseconds',
    found: [['rounding', 'response.dataSet[].createTime']],
    change: (body, action) =>
      action === 'DescribeDisks' &&
      rows(body).map((row) => Object.assign(row, { createTime: String(row.createTime).replace('Z', '.000Z') }))
  },
  {
    lie: 'has one more state on the way to AVAILABLE',
    found: [['states', 'response.dataSet[].diskStatus']],
    change: (body) => rows(body).map((row) => row.diskStatus === 'CREATING' && once(row, 'diskStatus', 'DEPLOYING'))
  },
  {
    lie: 'gives disks ids of 12 digits',
    found: [
      ['id', 'response.diskIds[]'],
      ['id', 'response.dataSet[].diskId'],
      ['id', 'response.dataSet[].diskIdSet[]'],
      ['id', 'response.dataSet[].diskId']
    ],
    text: (text) => disksMade().reduce((changed, id) => changed.replaceAll(id, id.slice(-12)), text)
  },
  { lie: 'sends a header of its own', found: [['header', 'x-trace-id']], headers: { 'x-trace-id': 'a' } },
  {
    lie: 'calls JSON text/json',
    found: [['header', 'content-type']],
    headers: { 'content-type': 'text/json' }
  }
]

/** Disks that the flow makes, of which requests speak too. */
function disksMade(): readonly string[] {
  const made = honest.exchanges.find(({ operation }) => operation === 'CreateDisks')
  return JSON.stringify(made?.response.body).match(/\d{19}/g) ?? []
}
const seen = new Set<unknown>()
/** The first time that a thing is shown. */
function once(row: Json, name: string, value: string): void {
  if (seen.has(row.diskId)) return
  seen.add(row.diskId)
  row[name] = value
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function rows(body: Json): readonly Json[] {
  const { dataSet } = isJson(body.response) ? body.response : {}
  return Array.isArray(dataSet) ? dataSet.filter(isJson) : []
}

/** The same exchange with an answer that lies. */
function liedIn(exchange: Exchange, { change, text, headers, status }: (typeof LIES)[number]): Exchange {
  const copy: Exchange = JSON.parse(text ? text(JSON.stringify(exchange)) : JSON.stringify(exchange))
  const { response } = copy
  if (response.body && 'json' in response.body && isJson(response.body.json)) {
    change?.(response.body.json, exchange.operation ?? '')
  }
  if (status) response.status = status(response.status)
  for (const [name, value] of Object.entries(headers ?? {})) {
    response.headers = [...response.headers.filter(([each]) => each !== name), [name, value]]
  }
  return copy
}

test.for(LIES.map((lie) => [lie.lie, lie] as const))(
  'a fake that %s is found out, and nothing else',
  async ([, lie]) => {
    seen.clear()
    const exchanges = honest.exchanges.map((exchange) => liedIn(exchange, lie))
    const { findings, explanations } = await compareRecorded(stage, { ...honest, exchanges })
    expect(findings.map(({ kind, where }) => [kind, where])).toEqual(lie.found)
    expect(explanations).toEqual([])
  }
)

test('the page on the real cloud has the same table', () => {
  const page = readFileSync(new URL('../../docs/how-to/beside-the-real-cloud.md', import.meta.url), 'utf8')
  const rows = LIES.map(({ lie, found }) => {
    const [kind] = found[0] ?? []
    const places = new Set(found.map(([, where]) => (where === '' ? 'the status' : `\`${where}\``)))
    return `| ${lie} | \`${kind}\` | ${[...places].join(', ')} |`
  })
  expect(page).toContain(`|---|---|---|\n${rows.join('\n')}\n`)
})
