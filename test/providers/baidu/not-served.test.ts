import { expect, test } from 'vitest'
import { baidu } from '../../../src/providers/baidu/index.ts'
import { knownOperations } from '../../../src/providers/baidu/matters/not-served.ts'
import { stages } from './stage.ts'

const stage = stages()

// Operations of BCC that are real and not emulated are told as such, and none is taken for another.

const known = knownOperations()
const lineOf = (method: string, path: string, selector = '') =>
  `${method} ${path.replace(/:\w+/g, ':')}${selector === '' ? '' : `?${selector}`}`

test('no row is among them, and none comes twice', () => {
  const rows = new Set(
    baidu.operations.flatMap(({ route, aliases }) =>
      [route, ...aliases].map(({ method, path, selector }) => lineOf(method, path, selector))
    )
  )
  const lines = known.map(({ route: { method, path, selector } }) => lineOf(method, path, selector))
  expect(lines.filter((line) => rows.has(line))).toEqual([])
  expect(lines).toEqual([...new Set(lines)])
  const names = known.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
  expect(names.filter((name) => baidu.operations.some((row) => row.name === name))).toEqual([])
  expect(names.length).toBeGreaterThan(120)
})

const urlOf = (path: string, selector: string | undefined) =>
  `${path.replace(/:\w+/g, 'i-running')}${selector === undefined ? '' : `?${selector}`}`

test.for(known.map(({ name, route }) => [name, route] as const))(
  '%s is known, and changes nothing',
  async ([name, route]) => {
    const { call, ok } = await stage()
    const reply = await call(`${route.method} ${urlOf(route.path, route.selector)}`, {})
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(['NoSuchObject', 'BadRequest', 'InvalidVersion']).toContain(reply.code)
    expect(reply.headers['x-snapstand-hint']).toBe(`${name} is known but not emulated.`)
    expect(await ok('GET /v2/instance/i-running')).toMatchObject({ instance: { status: 'Running' } })
  }
)

test.for([
  ['POST /v2/instance/price', 404, 'NoSuchObject', 'GetPriceBySpec'],
  ['POST /v2/instance/delete', 404, 'NoSuchObject', 'DeleteInstanceIngorePayment'],
  ['POST /v2/volume/cluster', 404, 'NoSuchObject', 'CreateVolumeCluster'],
  ['PUT /v2/instance/batchAction?stop', 404, 'NoSuchObject', 'BatchStopInstance'],
  ['POST /v2/instance/i-running?toPrepay', 400, 'BadRequest', 'ChangeToPrepaid'],
  ['POST /v2/instance/i-running?toPrepay=', 400, 'BadRequest', 'ChangeToPrepaid'],
  ['POST /v2/instance?resizeList', 400, 'BadRequest', 'ListAvailableResizeSpecs'],
  ['PUT /v2/instance/i-running?changePass', 400, 'BadRequest', 'ChangeInstancePass'],
  ['POST /v2/image', 400, 'BadRequest', 'CreateImage'],
  ['GET /v2/image/m-CentOS79', 404, 'NoSuchObject', 'GetImageDetail'],
  ['POST /v3/instance', 404, 'InvalidVersion', 'CreateInstanceV3']
] as const)('%s is %i %s, as baidu.md 3.2 has it', async ([way, status, code, name]) => {
  const { call } = await stage()
  const reply = await call(way, { imageId: 'm-1' })
  expect(reply).toMatchObject({ status, code })
  expect(reply.headers['x-snapstand-hint']).toBe(`${name} is known but not emulated.`)
})

test('an instance whose id is such a word is still found by what is served', async () => {
  const { call } = await stage(
    {},
    { zones: ['cn-bj-a'], instances: [{ id: 'price', systemVolume: { id: 'v-price' } }] }
  )
  expect((await call('GET /v2/instance/price')).status).toBe(200)
  expect((await call('DELETE /v2/instance/price')).status).toBe(200)
})

test('what nobody has is still told with what is nearest', async () => {
  const { call } = await stage()
  const reply = await call('GET /v2/snapshots')
  expect(reply).toMatchObject({ status: 404, code: 'NoSuchObject' })
  expect(reply.headers['x-snapstand-hint']).toContain('The nearest is GET /v2/snapshot.')
})
