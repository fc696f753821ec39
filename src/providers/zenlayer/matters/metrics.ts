import { createHash } from 'node:crypto'
import type { DiskRow } from '../rules/shapes.ts'
import { fromInstant } from '../wire/convert.ts'

// Invented: values that depend on disk, metric and time only, so that the same question has the same answer.

/** Enum of disk metrics (zenlayer.md 4.12). */
export const METRICS = ['DISK_WRITE_BYTES', 'DISK_READ_BYTES', 'DISK_READ_OPS', 'DISK_WRITE_OPS', 'DISK_UTIL'] as const
export type Metric = (typeof METRICS)[number]

/** The greatest value of each: KiB/s, KiB/s, IOPS, IOPS, per cent. */
const GREATEST = {
  DISK_WRITE_BYTES: 20_480,
  DISK_READ_BYTES: 40_960,
  DISK_READ_OPS: 1_200,
  DISK_WRITE_OPS: 800,
  DISK_UTIL: 60
} as const satisfies Record<Metric, number>

const MINUTE_MS = 60_000

export interface Series {
  readonly maxValue: number
  readonly minValue: number
  readonly avgValue: number
  readonly metrics: { time: string; value: number | null }[]
}

/** A point each step; null before the disk was made and after now. */
export function seriesOf(disk: DiskRow, metric: Metric, from: number, to: number, step: number, now: number): Series {
  const metrics: { time: string; value: number | null }[] = []
  for (let at = from; at <= to; at += step * MINUTE_MS) {
    const value = at < disk.createdAt || at > now ? null : valueAt(disk.id, metric, at)
    metrics.push({ time: fromInstant(at), value })
  }
  const values = metrics.flatMap((point) => point.value ?? [])
  const sum = values.reduce((total, value) => total + value, 0)
  return {
    maxValue: values.reduce((most, value) => Math.max(most, value), 0),
    minValue: values.reduce((least, value) => Math.min(least, value), values[0] ?? 0),
    avgValue: values.length === 0 ? 0 : hundredths(sum / values.length),
    metrics
  }
}

function valueAt(diskId: string, metric: Metric, at: number): number {
  const digest = createHash('sha256')
    .update(`${diskId} ${metric} ${Math.floor(at / MINUTE_MS)}`)
    .digest()
  return hundredths((digest.readUInt16BE(0) / 0xffff) * GREATEST[metric])
}
function hundredths(value: number): number {
  return Math.round(value * 100) / 100
}
