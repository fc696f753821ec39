import { execFileSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'

/** Where and when figures were taken. */
export interface Machine {
  readonly at: string
  readonly processor: string
  readonly node: string
  readonly commit: string
  /** Who else wanted the processor: near 0 on an idle machine. */
  readonly load: number
}

export function machineNow(): Machine {
  const all = cpus()
  return {
    at: new Date().toISOString().slice(0, 16).replace('T', ' '),
    processor: `${all[0]?.model.trim() ?? 'unknown processor'} × ${all.length}`,
    node: process.version,
    commit: commitNow(),
    load: Number(loadavg()[0]?.toFixed(1))
  }
}

function commitNow(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : ' and changes')
  } catch {
    return 'unknown'
  }
}
