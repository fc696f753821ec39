import { setTimeout as delay } from 'node:timers/promises'
import { askHealth } from '../ask-health.ts'
import type { RemoteCommand } from '../command.ts'
import { EXIT, Failure } from '../failure.ts'
import { durationOf, textOf } from '../options.ts'
import { healthLine } from './health.ts'

const EVERY_MS = 100

export const wait: RemoteCommand = {
  usage: 'wait',
  description: 'wait until a server is ready; exits with 3 if it is too late then',
  options: [{ flags: '--timeout <duration>', description: 'how long at most', preset: '30s' }],
  isPatient: true,
  async run({ locate, options }) {
    const timeoutMs = durationOf(options, 'timeout') ?? 0
    const lastAt = performance.now() + timeoutMs
    for (;;) {
      // It may tell where it is only once it is there.
      const at = await locate()
      const leftMs = lastAt - performance.now()
      if (at.unwritten !== undefined) {
        if (performance.now() + EVERY_MS > lastAt)
          throw new Failure(`no server has written ${at.unwritten} within ${textOf(options, 'timeout')}`, EXIT.nobody)
        await delay(EVERY_MS)
        continue
      }
      try {
        const answer = await askHealth(at, Math.max(1, Math.ceil(leftMs)))
        return { answer, text: `${healthLine(answer)}, at ${at.url}\n` }
      } catch {
        if (performance.now() + EVERY_MS > lastAt) {
          throw new Failure(`nothing answers at ${at.url} within ${textOf(options, 'timeout')}`, EXIT.nobody)
        }
      }
      await delay(EVERY_MS)
    }
  }
}
