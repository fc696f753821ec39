import { Counter, collectDefaultMetrics, Gauge, Histogram, register as ofTheProcess, Registry } from 'prom-client'
import type { Metrics, MetricsOptions } from './metrics.ts'
import { linesOfWorlds } from './worlds.ts'

/** Most calls take less than a millisecond. */
const CALL_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]
const ADVANCE_BUCKETS = [0.001, 0.01, 0.1, 0.5, 1, 5, 30]

/** What prom-client counts for one server. What it tells of the process is the same for all servers in it. */
export function createRegistry({ version, perWorld, figures, journalBytes }: MetricsOptions): Metrics {
  if (ofTheProcess.getMetricsAsArray().length === 0) collectDefaultMetrics()
  const registry = new Registry()
  const registers = [registry]
  new Gauge({
    name: 'snapstand_build_info',
    help: 'Always 1; the label tells the version.',
    labelNames: ['version'],
    registers
  }).set({ version }, 1)
  const calls = new Counter({
    name: 'snapstand_calls_total',
    help: 'Calls of the clouds that were answered; the code is empty where the call was not refused.',
    labelNames: ['provider', 'operation', 'status', 'code'],
    registers
  })
  const durations = new Histogram({
    name: 'snapstand_call_duration_seconds',
    help: 'From the line of a call to its answer.',
    labelNames: ['provider', 'operation'],
    buckets: CALL_BUCKETS,
    registers
  })
  const advances = new Histogram({
    name: 'snapstand_advance_duration_seconds',
    help: 'From the asking for an advance of a clock to its end, and how it ended.',
    labelNames: ['outcome'],
    buckets: ADVANCE_BUCKETS,
    registers
  })
  const worlds = new Gauge({
    name: 'snapstand_worlds',
    help: 'Worlds that are there; the database of an open one is open.',
    labelNames: ['state'],
    registers
  })
  const snapshots = new Gauge({
    name: 'snapstand_open_world_snapshots',
    help: 'Snapshots in the worlds that are open: none is woken to be counted.',
    labelNames: ['provider'],
    registers
  })
  const journal = new Gauge({
    name: 'snapstand_journal_bytes',
    help: 'What all journals hold.',
    registers
  })

  const count = () => {
    const all = figures()
    const open = all.filter(({ isOpen }) => isOpen)
    worlds.set({ state: 'open' }, open.length)
    worlds.set({ state: 'resting' }, all.length - open.length)
    journal.set(journalBytes())
    snapshots.reset()
    for (const world of open) {
      for (const [provider, number] of Object.entries(world.snapshots)) snapshots.inc({ provider }, number)
    }
    return all
  }
  return {
    called(provider, operation, { status, code, durationMs }) {
      // What there is no operation for may be called anything.
      const named = { provider, operation: operation ?? 'unknown' }
      calls.inc({ ...named, status, code: code ?? '' })
      durations.observe(named, durationMs / 1000)
    },
    advanced: (outcome, durationMs) => advances.observe({ outcome }, durationMs / 1000),
    async expose() {
      const all = count()
      const texts = await Promise.all([registry.metrics(), ofTheProcess.metrics()])
      return [...texts, ...(perWorld ? [linesOfWorlds(all)] : [])].join('\n')
    }
  }
}
