import { cpSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of the clients. */
export const here = dirname(import.meta.dirname)
export const root = dirname(here)
/** Where everything lies that a run writes. */
export const scratch = join(root, '.tmp', 'conformance')

/** Copies a program into the scratch folder, where tools may write. */
export function fresh(dir: string, work: string): string {
  cpSync(dir, work, { recursive: true })
  return work
}
