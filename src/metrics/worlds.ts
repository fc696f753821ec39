import type { WorldFigures } from '../core/model/core.ts'

/**
 * The worlds one by one, in the text format. One line a world and kind, never more, however many operations it calls; and
 * written here, because prom-client takes as long for ten thousand worlds as no single call may.
 */
export function linesOfWorlds(worlds: readonly WorldFigures[]): string {
  const calls: string[] = []
  const snapshots: string[] = []
  const journals: string[] = []
  for (const { id, calls: number, journalBytes, snapshots: held } of worlds) {
    const world = `world="${escaped(id)}"`
    calls.push(`snapstand_world_calls_total{${world}} ${number}`)
    journals.push(`snapstand_world_journal_bytes{${world}} ${journalBytes}`)
    for (const provider in held) {
      snapshots.push(`snapstand_world_snapshots{${world},provider="${provider}"} ${held[provider]}`)
    }
  }
  return [
    ...family(
      'snapstand_world_calls_total',
      'counter',
      'Calls of the clouds that belong to the world, since it was new.'
    ),
    ...calls,
    ...family('snapstand_world_snapshots', 'gauge', 'Snapshots in the world, if it is open.'),
    ...snapshots,
    ...family('snapstand_world_journal_bytes', 'gauge', 'What the journal of the world holds.'),
    ...journals,
    ''
  ].join('\n')
}

function family(name: string, type: 'counter' | 'gauge', help: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
