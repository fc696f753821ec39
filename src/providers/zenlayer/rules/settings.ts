import { type TSchema, Type } from '@sinclair/typebox'
import type { Setting, SettingTable } from '../../../core/model/rules.ts'
import { Delay, Limit, type SettingsOf } from '../../../core/model/setting-forms.ts'

function setting<F extends TSchema>(form: F, preset: Setting['default'], source: string, description: string) {
  return { form, default: preset, description, source: `zenlayer.md ${source}` }
}
function delay(transition: string) {
  return setting(
    Delay,
    null,
    '6.4',
    `Milliseconds that ${transition} takes; null: 300 on a system clock, 0 on a manual one.`
  )
}

const yesNo = Type.Boolean()
const NotFoundCode = Type.Union([
  Type.Literal('INVALID_DISK_NOT_FOUND'),
  Type.Literal('OPERATION_FAILED_RESOURCE_NOT_FOUND')
])

/** Per world. */
export const settings = {
  'zenlayer.recycleBin': setting(
    yesNo,
    false,
    '5.18',
    'ReleaseDisk moves a disk to the recycle bin for 24 hours first.'
  ),
  'zenlayer.diskNotFoundCode': setting(NotFoundCode, 'INVALID_DISK_NOT_FOUND', '3.1', 'The code for an unknown disk.'),
  'zenlayer.instanceDiskLimit': setting(Limit, 15, '5.15', 'Data disks that one instance takes.'),
  'zenlayer.snapshotQuota': setting(
    Limit,
    0,
    '5.1',
    'Snapshots of one disk, manual and automatic together; 0: no limit. A policy passes over a disk at its quota.'
  ),
  'zenlayer.attachDuringSnapshot': setting(
    yesNo,
    true,
    '5.15',
    'AttachDisks and DetachDisks are allowed while a disk is SNAPSHOT_CREATING.'
  ),
  'zenlayer.releaseKeepsSnapshots': setting(yesNo, false, '5.18', 'Snapshots outlive their disk.'),
  'zenlayer.plainMessages': setting(
    yesNo,
    false,
    '1.6',
    'Messages of refusals in general words; without it they name the member and its value, as the cloud does.'
  ),
  'delays.zenlayer.snapshotCreateMs': delay('making a snapshot'),
  'delays.zenlayer.snapshotDeleteMs': delay('deleting a snapshot'),
  'delays.zenlayer.rollbackMs': delay('a rollback'),
  'delays.zenlayer.diskCreateMs': delay('making a disk'),
  'delays.zenlayer.attachMs': delay('attaching a disk'),
  'delays.zenlayer.detachMs': delay('detaching a disk'),
  'delays.zenlayer.resizeMs': delay('resizing a disk'),
  'delays.zenlayer.releaseMs': delay('destroying a disk'),
  'delays.zenlayer.recycleMs': delay('moving a disk to the recycle bin'),
  'delays.zenlayer.instanceStartMs': delay('starting an instance'),
  'delays.zenlayer.instanceStopMs': delay('stopping an instance')
} as const satisfies SettingTable

export type ZenlayerSettings = SettingsOf<typeof settings>
