import { type Static, Type } from '@sinclair/typebox'
import type { VolumeFilter } from '../../../core/model/resources.ts'
import type { BaiduCloud } from '../rules/shapes.ts'
import { SHOWN_ACTIVITIES } from '../rules/states.ts'
import { NOTHING } from './convert.ts'
import { MarkerQuery, OptionalText } from './schemas.ts'

/** What both versions of the volume list filter by (baidu.md 5.3.2). */
export const VolumeQuery = Type.Object({
  ...MarkerQuery,
  instanceId: OptionalText,
  zoneName: OptionalText,
  clusterId: OptionalText,
  chargeFilter: Type.Optional(Type.Union([Type.Literal('postpay'), Type.Literal('prepay')])),
  usageFilter: Type.Optional(Type.Union([Type.Literal('system'), Type.Literal('data')])),
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
      ...(query.chargeFilter && { paymentTiming: query.chargeFilter === 'prepay' ? 'Prepaid' : 'Postpaid' }),
      ...(query.productCategory !== undefined && { productCategory: query.productCategory })
    },
    ...(query.instanceId !== undefined && { instanceN: cloud.findInstance(query.instanceId)?.n ?? NOTHING }),
    ...(query.zoneName !== undefined && { zones: [query.zoneName] }),
    ...(query.usageFilter && { kind: query.usageFilter === 'system' ? 'System' : 'Cds' }),
    ...(query.name !== undefined && { name: { is: query.name } }),
    ...(ids && ids.length > 0 && { ids })
  }
}
