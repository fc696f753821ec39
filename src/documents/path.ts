import type { Path } from './document.ts'

/** What is wrong at one place of a document. */
export interface PathFault {
  readonly path: Path
  readonly reason: string
  readonly expected?: string
}

/** A JSON pointer, or `disks[0].size`, as a path into the value: digits count as an index only where a list stands. */
export function pathOf(text: string, root: unknown): Path {
  const parts = text.startsWith('/')
    ? text
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    : text.split(/[.[\]]+/).filter((part) => part !== '')
  let value = root
  return parts.map((part) => {
    const key = Array.isArray(value) && /^\d+$/.test(part) ? Number(part) : part
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
    return key
  })
}
