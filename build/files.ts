import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** A path in the repository. */
export const at = (...parts: readonly string[]): string => join(root, ...parts)

/** Each file appears at once: a server that starts meanwhile reads the old one or the new one. */
export async function replaceFile(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const next = `${path}.${process.pid}.next`
  await writeFile(next, contents, { mode: path.endsWith('cli.js') ? 0o755 : 0o644 })
  await rename(next, path)
}

/** Every file below a folder, as paths from the root of the repository. */
export async function filesUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(at(folder), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)))
}
