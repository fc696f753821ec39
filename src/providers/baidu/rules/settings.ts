import { Type } from '@sinclair/typebox'
import type { SettingTable } from '../../../core/model/rules.ts'
import { Delay, Limit, type SettingsOf } from '../../../core/model/setting-forms.ts'

function delay(transition: string) {
  return {
    default: null,
    form: Delay,
    description: `Milliseconds for ${transition}; null: 300 on a system clock, 0 on a manual one.`,
    source: 'baidu.md 6.4'
  }
}

/** What a policy's clock is ahead of UTC, up to 14 hours. */
export const UtcOffset = Type.String({
  pattern: '^[+-](0[0-9]|1[0-3]):[0-5][0-9]$|^[+-]14:00$',
  expected: 'an offset such as "+08:00"'
})

/** Per world; the names of baidu.md 6.4 and 6.5. */
export const settings = {
  'baidu.acceptWeekday7': {
    default: false,
    form: Type.Boolean(),
    description: 'A policy may say 7 for Sunday too; it is stored and returned as 7.',
    source: 'baidu.md 4.1, Q1'
  },
  'baidu.utcOffset': {
    default: '+08:00',
    form: UtcOffset,
    description: "Offset from UTC of a policy's timePoints, read when the policy is created or updated.",
    source: 'baidu.md 4.1, Q2'
  },
  'baidu.snapshotMarksVolume': {
    default: false,
    form: Type.Boolean(),
    description: 'A running snapshot makes its volume SnapshotProcessing.',
    source: 'baidu.md 5.2.1, Q25'
  },
  'baidu.manualSnapshotLimit': {
    default: 512,
    form: Limit,
    description: 'Manual snapshots of one volume; one more is refused.',
    source: 'baidu.md 5.2.1, Q4'
  },
  'baidu.autoSnapshotLimit': {
    default: 1024,
    form: Limit,
    description: 'Automatic snapshots of one volume; at the limit the oldest automatic one goes first.',
    source: 'baidu.md 5.1.8, Q19'
  },
  'baidu.unknownStorageTypes': {
    default: 'refuse',
    form: Type.Union([Type.Literal('refuse'), Type.Literal('accept')]),
    description: 'What a storage type that no source names gets, on creation and on resize.',
    source: 'baidu.md 4.9'
  },
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
} as const satisfies SettingTable

export type BaiduSettings = SettingsOf<typeof settings>
