/** What changes of some members; what is left open stays. */
export type Patch<T> = { readonly [M in keyof T]?: T[M] | undefined }

/** A value with the members of a patch that are not left open. */
export function merged<T extends object>(value: T, patch: NoInfer<Patch<T>>): T {
  const changed = { ...value, ...patch }
  for (const member in patch) if (patch[member] === undefined) changed[member] = value[member]
  return changed
}
