import type { Views } from '../../views.ts'
import type { BaiduShapes } from '../rules/shapes.ts'
import { instanceOut, policyOut, snapshotOut, volumeOut } from './convert.ts'

/** As the lists of v2 show them. */
export const views: Views<BaiduShapes> = {
  volume: volumeOut,
  snapshot: (cloud, snapshot) => snapshotOut(cloud, snapshot),
  policy: (_cloud, policy) => policyOut(policy),
  instance: instanceOut,
  sourceOf: ({ detail }) => detail.sourceSnapshotId,
  madeFrom: (sourceSnapshotId) => ({ detail: { sourceSnapshotId } })
}
