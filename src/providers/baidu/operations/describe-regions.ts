import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { REGIONS } from '../matters/regions.ts'
import { client, invented, unsaid } from '../sources.ts'
import { unknownPlace } from '../wire/reasons.ts'
import { OptionalText, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const describeRegions = operation({
  name: 'DescribeRegions',
  summary: 'List the regions, or show one.',
  evidence: client('5.4', 'Go SDK', 'Java SDK'),
  route: { method: 'POST', path: '/v2/region/describeRegions' },
  request: { query: TokenQuery, body: Type.Object({ region: OptionalText }) },
  response: Type.Object({
    regions: Type.Array(
      Type.Object({ regionId: Type.String(), regionName: Type.String(), regionEndpoint: Type.String() })
    )
  }),
  errors: ['OperationDenied'],
  reach: {
    OperationDenied: statement(
      'A region that there is none of.',
      invented('a comment of the Java SDK has the status and no code', '5.4')
    )
  },
  notes: [
    statement('The regions are those of baidu.md 1.1.', client('1.1', 'meta')),
    statement('Their names are those of the consoles.', unsaid('5.4'))
  ],
  run({ body, fail }) {
    const regions = REGIONS.filter(({ id }) => body.region === undefined || body.region === id)
    if (regions.length === 0) {
      const known = REGIONS.map(({ id }) => id)
      throw fail('OperationDenied', unknownPlace('body.region', body.region, known))
    }
    return {
      regions: regions.map(({ id, name }) => ({
        regionId: id,
        regionName: name,
        regionEndpoint: `bcc.${id}.baidubce.com`
      }))
    }
  }
})
