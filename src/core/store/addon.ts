import Sqlite from 'better-sqlite3'
import { NoDatabase } from '../model/no-database.ts'

const WAY_OUT = 'remove node_modules and run npm install again on this machine'
const PLATFORMS = 'Linux, macOS and Windows on x64 and arm64'

/** Loads better-sqlite3's binary, which its package does only for the first database. Throws `NoDatabase`. */
export function loadAddon(): void {
  try {
    new Sqlite(':memory:').close()
  } catch (error) {
    throw new NoDatabase(`better-sqlite3 ${troubleOf(error)}`)
  }
}

function troubleOf(error: unknown): string {
  const platform = `${process.platform}-${process.arch}`
  if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') {
    return `has no binary for ${platform} here: ${WAY_OUT}; the package brings those for ${PLATFORMS}`
  }
  const [reason] = String(error instanceof Error ? error.message : error).split('\n')
  return `can’t be loaded on ${platform} by Node ${process.versions.node} (${reason}): ${WAY_OUT}`
}
