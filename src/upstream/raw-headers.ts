/** Headers as Node gives and takes them raw: names and values in turn. */
export type RawHeaders = readonly string[]

/** Each name with its value, in their order and as they were written. */
export function pairsOf(raw: RawHeaders): readonly (readonly [name: string, value: string])[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))
}
