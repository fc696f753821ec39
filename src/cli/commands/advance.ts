import type { RemoteCommand } from '../command.ts'
import { call, membersOf } from '../remote.ts'

export const advance: RemoteCommand = {
  usage: 'advance <how>',
  description: 'move a world’s clock: 7d, 36h, P1M, an instant, or next',
  async run(at, [how = '']) {
    const way = how === 'next' ? { toNext: true } : /^\d{4}-/.test(how) ? { to: how } : { by: how }
    const report = await call(at, 'POST', '/clock/advance', way)
    const skipped = Object.entries(membersOf(report.skipped)).map(([reason, count]) => `${count} ${reason}`)
    const next = membersOf(report.next)
    return [
      `${report.world}: ${report.from} → ${report.to}`,
      `  ${report.firings} firings, ${report.snapshotsCreated} snapshots created, ${report.snapshotsExpired} expired, ${report.completed} completed`,
      ...(skipped.length > 0 ? [`  skipped: ${skipped.join(', ')}`] : []),
      next.at === undefined ? '  nothing is due next' : `  next: ${next.subject} ${next.kind} at ${next.at}`,
      ''
    ].join('\n')
  }
}
