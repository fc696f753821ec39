import { Type } from '@sinclair/typebox'
import { REGIONS } from '../matters/regions.ts'
import { unknownPlace } from '../wire/reasons.ts'
import { OptionalText, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

export const describeRegions = operation({
  name: 'DescribeRegions',
  summary: 'List the regions, or show one.',
  source: 'Go and Java SDKs (baidu.md 5.4)',
  route: { method: 'POST', path: '/v2/region/describeRegions' },
  request: { query: TokenQuery, body: Type.Object({ region: OptionalText }) },
  response: Type.Object({
    regions: Type.Array(
      Type.Object({ regionId: Type.String(), regionName: Type.String(), regionEndpoint: Type.String() })
    )
  }),
  errors: ['OperationDenied'],
  reach: { OperationDenied: 'A region that there is none of (status from a Java comment, code proposed).' },
  notes: ['The regions of baidu.md 1.1; their names are those of the consoles.'],
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
