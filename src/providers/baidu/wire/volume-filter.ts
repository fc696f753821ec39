import { type Static, Type } from '@sinclair/typebox'
import type { VolumeFilter } from '../../../core/model/resources.ts'
import { ifGiven } from '../../wire/given.ts'
import type { BaiduCloud } from '../rules/shapes.ts'
import { SHOWN_ACTIVITIES } from '../rules/states.ts'
import { NOTHING } from './convert.ts'
import { MarkerQuery, OptionalText } from './schemas.ts'
import { anyCase, meant } from './words.ts'

const CHARGES = ['postpay', 'prepay'] as const
const USAGES = ['system', 'data'] as const

/** What both versions of the volume list filter by (baidu.md 5.3.2). */
export const VolumeQuery = Type.Object({
  ...MarkerQuery,
  instanceId: OptionalText,
  zoneName: OptionalText,
  clusterId: OptionalText,
  chargeFilter: anyCase(CHARGES),
  usageFilter: anyCase(USAGES),
  name: OptionalText,
  volumeIds: OptionalText,
  productCategory: OptionalText
})

export function volumeFilterOf(cloud: BaiduCloud, query: Static<typeof VolumeQuery>): VolumeFilter {
  const ids = query.volumeIds?.split(',').flatMap((id) => id.trim() || [])
  return {
    activities: SHOWN_ACTIVITIES,
    detail: {
      listed: true,
      clusterId: query.clusterId,
      paymentTiming: query.chargeFilter && (meant(CHARGES, query.chargeFilter) === 'prepay' ? 'Prepaid' : 'Postpaid'),
      productCategory: query.productCategory
    },
    instanceN: ifGiven(query.instanceId, (id) => cloud.findInstance(id)?.n ?? NOTHING),
    zones: ifGiven(query.zoneName, (zone) => [zone]),
    kind: query.usageFilter && (meant(USAGES, query.usageFilter) === 'system' ? 'System' : 'Cds'),
    name: ifGiven(query.name, (name) => ({ is: name })),
    ids: ids && ids.length > 0 ? ids : undefined
  }
}
