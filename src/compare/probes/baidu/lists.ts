import type { Probe } from '../probe.ts'
import { each, member, order, verdict } from '../readers.ts'
import { NO_SNAPSHOT } from './refusals.ts'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const NEVER = '1971'

/** When a policy ran last; undefined: never yet. */
function ranAt({ lastExecuteTime }: Readonly<Record<string, unknown>>): Date | undefined {
  const text = String(lastExecuteTime)
  return text.startsWith(NEVER) || Number.isNaN(Date.parse(text)) ? undefined : new Date(text)
}

/** What the things that an account has already tell. */
export const lists: readonly Probe[] = [
  {
    question: 'Q1',
    asks: 'on which day the week begins, and whether there is a 7',
    writes: true,
    steps: [
      { name: 'policies', call: 'ListAsps', input: { query: { maxKeys: '1000' } } },
      {
        name: 'seven',
        call: 'CreateAsp',
        input: { body: { name: '{tag}-1', timePoints: [0], repeatWeekdays: [7], retentionDays: 1 } }
      }
    ],
    reads: {
      'weekday 7': verdict('seven'),
      'ran last': each('policies', 'autoSnapshotPolicys', (policy) => {
        const day = ranAt(policy)?.getUTCDay()
        return day === undefined ? undefined : `${JSON.stringify(policy.repeatWeekdays)} on a ${DAYS[day]} in UTC`
      })
    },
    decides: 'baidu.acceptWeekday7'
  },
  {
    question: 'Q2',
    asks: 'in which time zone timePoints are meant',
    steps: [{ name: 'policies', call: 'ListAsps', input: { query: { maxKeys: '1000' } } }],
    reads: {
      'ran last': each('policies', 'autoSnapshotPolicys', (policy) => {
        const hour = ranAt(policy)?.getUTCHours()
        return hour === undefined ? undefined : `${JSON.stringify(policy.timePoints)} at ${hour}:00 UTC`
      })
    },
    decides: 'baidu.utcOffset'
  },
  {
    question: 'Q8',
    asks: 'in which order lists come; what an unknown marker and a bad maxKeys get',
    steps: [
      { name: 'snapshots', call: 'ListSnapshots', input: { query: { maxKeys: '1000' } } },
      { name: 'volumes', call: 'ListVolumes', input: { query: { maxKeys: '1000' } } },
      { name: 'marker', call: 'ListSnapshots', input: { query: { marker: NO_SNAPSHOT } } },
      { name: 'none', call: 'ListSnapshots', input: { query: { maxKeys: '0' } } },
      { name: 'many', call: 'ListSnapshots', input: { query: { maxKeys: '1001' } } },
      { name: 'word', call: 'ListSnapshots', input: { query: { maxKeys: 'x' } } }
    ],
    reads: {
      'order of snapshots': order('snapshots', 'snapshots', 'createTime'),
      'order of volumes': order('volumes', 'volumes', 'createTime'),
      'unknown marker': verdict('marker'),
      'maxKeys 0': verdict('none'),
      'maxKeys 1001': verdict('many'),
      'maxKeys x': verdict('word')
    },
    decides: 'baidu.md 1.8'
  },
  {
    question: 'Q9',
    asks: 'what marker says if none came',
    steps: [{ name: 'volumes', call: 'ListVolumes', input: { query: { maxKeys: '1' } } }],
    reads: { marker: member('volumes', 'marker') },
    decides: 'baidu.md 1.8'
  },
  {
    question: 'Q19',
    asks: 'how automatic snapshots are named',
    steps: [{ name: 'snapshots', call: 'ListSnapshots', input: { query: { maxKeys: '1000' } } }],
    reads: {
      names: each('snapshots', 'snapshots', ({ createMethod, name }) =>
        createMethod === 'auto' ? String(name).replaceAll(/\d/g, '9') : undefined
      )
    },
    decides: 'baidu.md 5.1.8'
  }
]
