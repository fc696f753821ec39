import type { Value } from '../model/detached.ts'

/** `UPDATE … SET` of just these members; objects go as JSON, booleans as 0 and 1. */
export function updateOf(
  table: string,
  columns: Readonly<Record<string, string>>,
  patch: object,
  n: number
): [string, ...Value[]] {
  const names: string[] = []
  const values: Value[] = []
  for (const [member, value] of Object.entries(patch)) {
    const column = columns[member]
    if (column === undefined || value === undefined) continue
    names.push(`${column} = ?`)
    values.push(
      typeof value === 'object' && value !== null ? JSON.stringify(value) : typeof value === 'boolean' ? +value : value
    )
  }
  if (names.length === 0) return ['SELECT 1 WHERE 0 = ?', n]
  return [`UPDATE ${table} SET ${names.join(', ')} WHERE n = ?`, ...values, n]
}
