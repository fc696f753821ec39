import type { AdvanceBy, AdvanceReport } from '../../client/index.ts'
import type { RemoteCommand } from '../command.ts'
import type { Paint } from '../terminal.ts'
import { withProgress } from './progress.ts'

export const advance: RemoteCommand = {
  usage: 'advance <how>',
  description: 'move a world’s clock: 7d, 36h, P1M, an instant, or next; how far it is is shown meanwhile',
  async run({ world, words: [how = ''], terminal }) {
    const answer = await withProgress(terminal, world, world.clock.advance(wayOf(how)))
    return { answer, text: reportOf(answer, terminal.paint) }
  }
}

function wayOf(how: string): AdvanceBy {
  return /^\d{4}-/.test(how) ? { to: how } : how
}

function reportOf(report: AdvanceReport, paint: Paint): string {
  const { world, from, to, firings, snapshotsCreated, snapshotsExpired, completed, next } = report
  const skipped = Object.entries(report.skipped).map(([reason, count]) => `${count} ${reason}`)
  return [
    `${world}: ${from} → ${paint.bold(to)}`,
    `  ${firings} firings, ${snapshotsCreated} snapshots created, ${snapshotsExpired} expired, ${completed} completed`,
    ...(skipped.length > 0 ? [`  ${paint.yellow(`skipped: ${skipped.join(', ')}`)}`] : []),
    next === null ? '  nothing is due next' : `  next: ${next.subject} ${next.kind} at ${next.at}`,
    ''
  ].join('\n')
}
