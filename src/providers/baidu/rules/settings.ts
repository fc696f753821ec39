import { type TSchema, Type } from '@sinclair/typebox'
import type { Setting } from '../../../core/model/rules.ts'
import { Delay, Limit, type SettingsOf } from '../../../core/model/setting-forms.ts'
import { type Evidence, sourceOf } from '../../evidence.ts'
import type { EvidencedSettings } from '../../evidenced-rules.ts'
import { inferred, invented, page, unsaid } from '../sources.ts'

function setting<F extends TSchema>(form: F, preset: Setting['default'], evidence: Evidence, description: string) {
  return { form, default: preset, description, source: sourceOf(evidence), evidence }
}
function delay(transition: string) {
  return setting(
    Delay,
    null,
    invented('no source tells how long anything takes', '6.4'),
    `Milliseconds for ${transition}; null: 300 on a system clock, 0 on a manual one.`
  )
}

/** What a policy's clock is ahead of UTC, up to 14 hours. */
export const UtcOffset = Type.String({
  pattern: '^[+-](0[0-9]|1[0-3]):[0-5][0-9]$|^[+-]14:00$',
  expected: 'an offset such as "+08:00"'
})

/** Per world; the names of baidu.md 6.4 and 6.5. */
export const settings = {
  'baidu.acceptWeekday7': setting(
    Type.Boolean(),
    false,
    inferred('the manuals of three SDKs; other sources contradict them', '4.1, Q1'),
    'A policy may say 7 for Sunday too; it is stored and returned as 7.'
  ),
  'baidu.utcOffset': setting(
    UtcOffset,
    '+08:00',
    unsaid('4.1, Q2'),
    "Offset from UTC of a policy's timePoints, read when the policy is created or updated."
  ),
  'baidu.snapshotMarksVolume': setting(
    Type.Boolean(),
    false,
    unsaid('5.2.1, Q25'),
    'A running snapshot makes its volume SnapshotProcessing.'
  ),
  'baidu.manualSnapshotLimit': setting(
    Limit,
    512,
    page('Create snapshot', '5.2.1, Q4'),
    'Manual snapshots of one volume; one more is refused.'
  ),
  'baidu.autoSnapshotLimit': setting(
    Limit,
    1024,
    page('Create snapshot', '5.1.8, Q19'),
    'Automatic snapshots of one volume; at the limit the oldest automatic one goes first.'
  ),
  'baidu.unknownStorageTypes': setting(
    Type.Union([Type.Literal('refuse'), Type.Literal('accept')]),
    'refuse',
    unsaid('4.9'),
    'What a storage type that no source names gets, on creation and on resize.'
  ),
  'delays.baidu.diskCreateMs': delay('a volume from Creating to Available (with an instance: to Attaching)'),
  'delays.baidu.attachMs': delay('a volume from Attaching to InUse'),
  'delays.baidu.detachMs': delay('a volume from Detaching to Available'),
  'delays.baidu.resizeMs': delay('a volume from Scaling to its former status'),
  'delays.baidu.rollbackMs': delay('a volume from SnapshotProcessing to its former status, by rollback'),
  'delays.baidu.chargeMs': delay('a volume from Recharging to its former status (charge type, renewal)'),
  'delays.baidu.snapshotCreateMs': delay('a snapshot from Creating to Available'),
  'delays.baidu.snapshotCopyMs': delay('a copy from another region from Creating to Available'),
  'delays.baidu.instanceStartMs': delay('an instance from Starting or Rebooting to Running'),
  'delays.baidu.instanceStopMs': delay('an instance from Stopping to Stopped')
} as const satisfies EvidencedSettings

export type BaiduSettings = SettingsOf<typeof settings>
