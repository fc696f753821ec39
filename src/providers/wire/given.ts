/** What a given value becomes; what is left open stays open. */
export function ifGiven<T, R>(value: T | undefined, to: (value: T) => R): R | undefined {
  return value === undefined ? undefined : to(value)
}
