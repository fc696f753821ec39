import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { models, unsaid } from '../sources.ts'
import { BOTH_VERSIONS, operation, zec } from './operation.ts'

/** Of the tz database: one for each place where the cloud is known to have a zone, and UTC. */
const TIME_ZONES = [
  'UTC',
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Hong_Kong',
  'Asia/Jakarta',
  'Asia/Manila',
  'Asia/Seoul',
  'Asia/Shanghai',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Europe/Berlin',
  'Europe/London'
]

export const describeTimeZones = operation({
  name: 'DescribeTimeZones',
  summary: 'List the time zones that an instance can have.',
  evidence: models('5.28'),
  route: zec('DescribeTimeZones'),
  versions: BOTH_VERSIONS,
  request: { body: Type.Object({}) },
  response: Type.Object({ timeZones: Type.Array(Type.String()) }),
  errors: [],
  notes: [
    statement(
      'The list is one time zone for each place where the cloud is known to have a zone; those of the seed are added.',
      unsaid('5.28')
    )
  ],
  run({ cloud }) {
    const ofZones = cloud.items('zone').map((zone) => zone.detail.timeZone)
    return { timeZones: [...new Set([...TIME_ZONES, ...ofZones])] }
  }
})
