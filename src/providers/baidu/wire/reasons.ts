import type { Why } from '../../../core/model/journal.ts'
import type { BaiduInstance, BaiduSnapshot, BaiduVolume } from '../rules/shapes.ts'
import { instanceStatus, snapshotStatus, volumeStatus } from '../rules/states.ts'

// What the journal and the hint header say about a refusal, which the cloud itself never tells.

/** About an id that nothing in this world has. */
export function unknown(field: string, id: string | undefined): Why {
  return { field, hint: `This world has nothing of this id (another access key is another world): ${id}.` }
}
/** About a zone or a region: those there are say more than that another world has others. */
export function unknownPlace(field: string, name: string | undefined, known: readonly string[]): Why {
  return {
    field,
    hint: `There is no ${name}: ${known.length === 0 ? 'there are none.' : `there are ${known.join(', ')}.`}`
  }
}
/** About an instance that must be Running, or Stopped. */
export function instanceMustBe(wanted: 'Running' | 'Stopped', instance: BaiduInstance): Why {
  return { field: 'params.instanceId', hint: `Instance ${instance.id} is ${instanceStatus(instance)}, not ${wanted}.` }
}
/** About a thing in the wrong state. */
export function volumeInState(field: string, volume: BaiduVolume): Why {
  return { field, hint: `Volume ${volume.id} is ${volumeStatus(volume)}.` }
}
export function snapshotInState(field: string, snapshot: BaiduSnapshot): Why {
  const busy = snapshot.state === 'rolling-back' ? ', and a rollback to it is running' : ''
  return { field, hint: `Snapshot ${snapshot.id} is ${snapshotStatus(snapshot)}${busy}.` }
}
export function instanceInState(field: string, instance: BaiduInstance): Why {
  return { field, hint: `Instance ${instance.id} is ${instanceStatus(instance)}, neither Running nor Stopped.` }
}
export function why(field: string, hint: string): Why {
  return { field, hint }
}
/** About a marker that names nothing in this list. */
export function unknownMarker(marker: string | undefined): Why {
  return { field: 'query.marker', hint: `The marker ${marker} names nothing in this list.` }
}
export function unshareable(field: string): Why {
  return { field, hint: 'Neither snapshots of system disks nor encrypted ones are shared.' }
}
export const weekday7: Why = {
  field: 'body.repeatWeekdays',
  hint: '7 is no weekday here: 0 is Sunday, or set baidu.acceptWeekday7.'
}
export const badBilling: Why = {
  field: 'body.billing',
  hint: 'It is Prepaid or Postpaid, with a reservation of 1 to 9, 12, 24 or 36 months if any.'
}
export const badOrder: Why = {
  field: 'body',
  hint: 'An unknown payment form, reservation or renewal, or two sources where one is allowed.'
}
