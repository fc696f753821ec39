/** The oldest major version of Node that will do; `engines` of the manifest says the same. */
export const NEEDED_NODE = 22

/** What whoever started an older Node is told, in one line; undefined where this one will do. */
export function nodeTrouble(found: string): string | undefined {
  if (Number.parseInt(found, 10) >= NEEDED_NODE) return undefined
  return `snapstand: Node ${NEEDED_NODE} or later is needed; this is Node ${found} (${process.execPath})`
}
