import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client, Place } from './clients.ts'
import { execute } from './execute.ts'
import { fresh } from './paths.ts'

const LIMIT_MS = 5 * 60_000
const LOCKS = ['requirements.txt', 'package-lock.json', 'pom.xml']

/** Why the client cannot be driven on this machine, if so. */
export function missingTool(client: Client): string | undefined {
  for (const [tool = '', ...args] of client.tools) {
    const tried = spawnSync(tool, args, { encoding: 'utf8' })
    if (tried.error) return `${tool} is not installed`
    if (tried.status !== 0) return `${tool} is too old or lacks a part`
  }
  return undefined
}

/** Not to be had is not the same as broken. */
export interface NotInstalled {
  readonly skipped?: string
  readonly problems: readonly string[]
}

/** Installs unless the very same was installed before. */
export async function install(client: Client, place: Place): Promise<NotInstalled | undefined> {
  const locks = LOCKS.map((file) => join(place.dir, file)).filter(existsSync)
  const stamp = createHash('sha256')
    .update(locks.map((file) => readFileSync(file, 'utf8')).join())
    .digest('hex')
  const stampFile = join(place.work, '.installed')
  // Go has caches of its own and compiles the program in this step, so it always runs.
  if (locks.length > 0 && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    fresh(place.dir, place.work)
    if (!existsSync(join(place.work, 'pom.xml'))) return undefined
  }
  for (const step of client.install(place)) {
    const { code, output } = await execute(step, process.env, LIMIT_MS)
    if (code === 0) continue
    const why = output.trim().split('\n').slice(-15).join('\n')
    // A proxy that cannot be reached is a failure like any other.
    const refused =
      /\b(403|404|410) [A-Z]\w+|not found|unknown revision|github\.com: no such host|unable to access/.exec(why)?.[0]
    if (refused && client.module && !place.source && step.command.includes('download')) {
      const reason = `the module proxy does not have ${client.module} (${refused}): give a checkout with --source`
      return { skipped: reason, problems: [] }
    }
    return { problems: [`installing failed: ${step.command.join(' ')}\n${why}`] }
  }
  writeFileSync(stampFile, stamp)
  return undefined
}
