import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Those of other versions and of other Nodes are kept, too, up to so many. */
const FILES_MAX = 8

/** Where the compiled code of a program lies, by the program's own name: each Node takes what it has compiled itself. */
export function codeFileOf(program: string): string {
  return program.replace(/\.cjs$/, `-${process.version}-${process.arch}.cache`)
}

/** Where this user's programs keep what they can make again; undefined where there is no such place, or Node was told so. */
export function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME: named, LOCALAPPDATA: local, NODE_DISABLE_COMPILE_CACHE: disabled } = process.env
  if (disabled !== undefined && disabled !== '') return undefined
  try {
    if (named !== undefined && named !== '') return join(named, 'snapstand')
    if (process.platform === 'win32') return join(local ?? join(homedir(), 'AppData', 'Local'), 'snapstand', 'cache')
    return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'snapstand')
  } catch {
    // A user without a home.
    return undefined
  }
}

/** The first of these files that is there. */
export function readCode(files: readonly (string | URL | undefined)[]): Buffer | undefined {
  for (const file of files) {
    try {
      if (file !== undefined) return readFileSync(file)
    } catch {}
  }
  return undefined
}

/** Keeps compiled code for the next start. A folder that cannot be written is no reason to say anything. */
export function keepCode(folder: string, name: string, code: Buffer): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    replaceFile(join(folder, name), code)
    for (const file of oldIn(folder)) rmSync(file, { force: true })
  } catch {}
}

/** Another start reads the whole of it or nothing. */
function replaceFile(file: string, bytes: Buffer): void {
  const own = `${file}.${process.pid}`
  try {
    writeFileSync(own, bytes, { mode: 0o600 })
    renameSync(own, file)
  } finally {
    rmSync(own, { force: true })
  }
}

function oldIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.cache'))
    .map((file) => join(folder, file))
    .map((file) => ({ file, at: statSync(file).mtimeMs }))
    .sort((one, other) => other.at - one.at)
    .slice(FILES_MAX)
    .map(({ file }) => file)
}
