import type { MarkerWindow } from './resources.ts'

const PAGE = 500

/** All rows of a list, oldest first, page by page: a million of them never lie in memory together. */
export function* everyRow<T extends { readonly n: number; readonly createdAt: number }>(
  page: (window: MarkerWindow) => readonly T[]
): Generator<T, void> {
  let from: T | undefined
  for (;;) {
    const rows = page({ limit: PAGE + 1, from })
    yield* rows.slice(0, PAGE)
    from = rows[PAGE]
    if (!from) return
  }
}
