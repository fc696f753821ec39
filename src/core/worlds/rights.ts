import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** Why the system lets nobody write there, in words and with the way out; SQLite only says that it cannot open. */
export function rightsTrouble(folder: string, files: readonly string[]): string | undefined {
  for (const place of existsSync(folder) ? [folder, ...files.filter(existsSync)] : [nearestAbove(folder)]) {
    const code = refusalOf(place)
    if (code === 'EACCES' || code === 'EPERM') {
      const user = process.getuid?.()
      const who = user === undefined ? 'this user' : `user ${user}`
      return `${who} has no right to write to ${place}: chown it to that user, or give another folder to --data`
    }
    if (code === 'EROFS') return `${place} lies on a read-only file system: give another folder to --data`
  }
  return undefined
}

function refusalOf(place: string): unknown {
  try {
    accessSync(place, constants.R_OK | constants.W_OK)
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : undefined
  }
}

function nearestAbove(path: string): string {
  const above = dirname(path)
  return existsSync(above) || above === path ? above : nearestAbove(above)
}
