import type { Reader } from './config.ts'
import { FLAGS } from './flags.ts'

/** What is counted for Prometheus. */
export interface MetricsConfig {
  /** Whether worlds are told apart. */
  readonly perWorld: boolean
}

/** undefined: nothing. Flags that have no effect together are complained about. */
export function metricsOf({ one, placeOf, complaints }: Reader): MetricsConfig | undefined {
  const isOn = one(FLAGS.metrics) === true
  const perWorld = one(FLAGS.metricsWorlds) === true
  const complain = (flag: (typeof FLAGS)['metrics' | 'metricsWorlds'], reason: string, expected: string) => {
    complaints.push({ where: placeOf(flag) ?? `--${flag.name}`, reason, expected })
  }
  if (perWorld && !isOn) complain(FLAGS.metricsWorlds, 'nothing is counted', 'expected --metrics with it')
  if (isOn && one(FLAGS.control) === 'off') {
    complain(FLAGS.metrics, 'the control API, which tells them, is off', 'expected no --control off beside it')
  }
  return isOn ? { perWorld } : undefined
}
