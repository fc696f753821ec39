import { type TSchema, Type } from '@sinclair/typebox'
import type { Setting } from '../../../core/model/rules.ts'
import { Delay, Limit, type SettingsOf } from '../../../core/model/setting-forms.ts'
import { type Evidence, sourceOf } from '../../evidence.ts'
import type { EvidencedSettings } from '../../evidenced-rules.ts'
import { client, inferred, invented, unsaid } from '../sources.ts'

function setting<F extends TSchema>(form: F, preset: Setting['default'], evidence: Evidence, description: string) {
  return { form, default: preset, description, source: sourceOf(evidence), evidence }
}
function delay(transition: string) {
  return setting(
    Delay,
    null,
    invented('no source tells how long anything takes', '6.4'),
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
    inferred('the English page; some accounts have a bin, as the CSI driver saw', '5.18, question 14'),
    'ReleaseDisk moves a disk to the recycle bin for 24 hours first.'
  ),
  'zenlayer.diskNotFoundCode': setting(
    NotFoundCode,
    'INVALID_DISK_NOT_FOUND',
    inferred('the pages of actions have it, and clients are ready for either', '3.1, question 13'),
    'The code for an unknown disk.'
  ),
  'zenlayer.instanceDiskLimit': setting(
    Limit,
    15,
    inferred('an older text: usually 15 an instance', '5.15'),
    'Data disks that one instance takes.'
  ),
  'zenlayer.snapshotQuota': setting(
    Limit,
    0,
    unsaid('5.1, question 1'),
    'Snapshots of one disk, manual and automatic together; 0: no limit. A policy passes over a disk at its quota.'
  ),
  'zenlayer.attachDuringSnapshot': setting(
    yesNo,
    true,
    client('5.15, question 33', 'Terraform'),
    'AttachDisks and DetachDisks are allowed while a disk is SNAPSHOT_CREATING.'
  ),
  'zenlayer.releaseKeepsSnapshots': setting(
    yesNo,
    false,
    client('5.18, question 12', 'CSI driver'),
    'Snapshots outlive their disk.'
  ),
  'zenlayer.plainMessages': setting(
    yesNo,
    false,
    inferred('the one message that a page shows', '1.6'),
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
} as const satisfies EvidencedSettings

export type ZenlayerSettings = SettingsOf<typeof settings>
