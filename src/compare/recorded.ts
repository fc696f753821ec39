import { BadUsage } from '../documents/complaint.ts'
import { unknownName } from '../documents/words.ts'
import { readRecording } from '../recording/reader.ts'
import type { ComparedCloud } from './clouds/cloud.ts'
import { COMPARED } from './clouds/index.ts'
import { compareRecorded, type Effort } from './explaining/explain.ts'
import type { Recorded } from './replay/replay.ts'
import { openStage } from './replay/stage.ts'
import { type Report, reportOf } from './report.ts'

/** Compares a folder of recorded exchanges with Snapstand. Throws `BadUsage` where it is none. */
export async function compareFolder(folder: string, effort?: Effort): Promise<Report> {
  const { manifest, exchanges } = await readRecording(folder)
  const cloud = comparedCloud(manifest.cloud, folder)
  const { seed, settings } = manifest
  return compareWith(cloud, { cloud, startedAt: Date.parse(manifest.startedAt), exchanges, seed, settings }, effort)
}

/** Compares what the other side was asked with Snapstand. */
export async function compareWith(cloud: ComparedCloud, recorded: Recorded, effort?: Effort): Promise<Report> {
  const stage = await openStage(cloud.provider)
  try {
    return reportOf(cloud.provider.name, await compareRecorded(stage, recorded, effort))
  } finally {
    await stage.close()
  }
}

/** The cloud of a name. Throws `BadUsage`. */
export function comparedCloud(name: string, where: string): ComparedCloud {
  const cloud = COMPARED.find(({ provider }) => provider.name === name)
  if (cloud) return cloud
  const names = COMPARED.map(({ provider }) => provider.name)
  throw new BadUsage([{ where, ...unknownName(name, names) }])
}
