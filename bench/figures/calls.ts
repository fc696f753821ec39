import { baiduCall, ZENLAYER_DISK, zenlayerCall } from '../measure/calls.ts'
import { ask, send } from '../measure/load.ts'
import { bare, FLAGS, SNAPSTAND } from '../measure/places.ts'
import { beside, type Figure, spreadOf } from '../measure/result.ts'
import { sideBySide } from '../measure/side-by-side.ts'

const create = (port: number) => zenlayerCall(port, 'CreateSnapshot', { diskId: ZENLAYER_DISK, snapshotName: 'first' })
const ROUTE = 'bare Fastify and better-sqlite3'

/** What a call costs that makes something, through everything: signature, validation, transaction, journal. */
export const creates: Figure = {
  name: 'create',
  about: 'processor time of a signed CreateSnapshot',
  async run(effort) {
    const measured = await sideBySide(
      {
        ours: { args: [SNAPSTAND, ...FLAGS], call: create },
        yardstick: { args: [bare('insert')], call: create },
        sameWork: { args: [bare('same-work')], call: create },
        ceiling: { args: [bare('http')], call: create }
      },
      effort
    )
    const line = {
      name: 'create',
      what: 'signed CreateSnapshot, processor time of the server',
      unit: 'µs',
      goal: 2.2
    } as const
    return {
      results: [
        beside(line, measured('ours').cpuUs, ROUTE, measured('yardstick').cpuUs),
        beside(
          { ...line, name: 'create.work', goal: undefined },
          measured('ours').cpuUs,
          'node:http, the same signature, rows and indexes, nothing else',
          measured('sameWork').cpuUs
        ),
        {
          ...{ name: 'create.rate', what: 'signed CreateSnapshot a second', unit: '1/s', better: 'more' },
          value: spreadOf(measured('ours').perSecond),
          yardstick: { what: 'the load’s own ceiling, bare node:http', value: spreadOf(measured('ceiling').perSecond) }
        }
      ]
    }
  }
}

export const pages: Figure = {
  name: 'page',
  about: 'processor time of a signed page of 20 among 10,000',
  async run(effort) {
    const page = (port: number) => zenlayerCall(port, 'DescribeSnapshots', { pageSize: 20 })
    const measured = await sideBySide(
      {
        ours: { args: [SNAPSTAND, ...FLAGS], call: page, prepare: fillTo(effort.quick ? 100 : 10_000) },
        yardstick: { args: [bare('page')], call: page }
      },
      { ...effort, calls: Math.ceil(effort.calls / 2) }
    )
    const line = {
      name: 'page',
      what: 'signed DescribeSnapshots, 20 of 10,000, processor time of the server',
      unit: 'µs',
      goal: 2.5
    } as const
    return { results: [beside(line, measured('ours').cpuUs, `${ROUTE}, 20 rows`, measured('yardstick').cpuUs)] }
  }
}

const policy = { name: 'nightly', timePoints: [0, 12], repeatWeekdays: [0, 3], retentionDays: 7 }

export const policies: Figure = {
  name: 'asp',
  about: 'processor time of a signed CreateAsp and GetAsp',
  async run(effort) {
    const make = (port: number) => baiduCall(port, 'POST', '/v2/asp', policy)
    const made = await sideBySide(
      { ours: { args: [SNAPSTAND, ...FLAGS], call: make }, yardstick: { args: [bare('asp')], call: make } },
      effort
    )
    const ids = new Map<number, string>()
    const prepare = async (port: number) => {
      const { aspId } = JSON.parse(await ask(port, make(port)))
      ids.set(port, aspId)
    }
    const show = (port: number) => baiduCall(port, 'GET', `/v2/asp/${ids.get(port)}`)
    const shown = await sideBySide(
      {
        ours: { args: [SNAPSTAND, ...FLAGS], call: show, prepare },
        yardstick: { args: [bare('asp')], call: show, prepare }
      },
      effort
    )
    const line = (name: string, action: string) =>
      ({ name, what: `signed ${action}, processor time of the server`, unit: 'µs', goal: 2.2 }) as const
    return {
      results: [
        beside(line('asp.create', 'CreateAsp'), made('ours').cpuUs, ROUTE, made('yardstick').cpuUs),
        beside(line('asp.get', 'GetAsp'), shown('ours').cpuUs, ROUTE, shown('yardstick').cpuUs)
      ]
    }
  }
}

/** So many snapshots of one disk. */
function fillTo(count: number) {
  return (port: number): Promise<void> => send(port, create(port), count)
}
