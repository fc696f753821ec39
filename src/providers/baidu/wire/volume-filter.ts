import { type Static, Type } from '@sinclair/typebox'
import type { VolumeFilter } from '../../../core/model/resources.ts'
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
      ...(query.clusterId !== undefined && { clusterId: query.clusterId }),
      ...(query.chargeFilter && {
        paymentTiming: meant(CHARGES, query.chargeFilter) === 'prepay' ? 'Prepaid' : 'Postpaid'
      }),
      ...(query.productCategory !== undefined && { productCategory: query.productCategory })
    },
    ...(query.instanceId !== undefined && { instanceN: cloud.findInstance(query.instanceId)?.n ?? NOTHING }),
    ...(query.zoneName !== undefined && { zones: [query.zoneName] }),
    ...(query.usageFilter && { kind: meant(USAGES, query.usageFilter) === 'system' ? 'System' : 'Cds' }),
    ...(query.name !== undefined && { name: { is: query.name } }),
    ...(ids && ids.length > 0 && { ids })
  }
}
