/** What every client's program does, by number. */
export const flows: Readonly<Record<string, string>> = {
  1: 'disk life',
  2: 'snapshots',
  3: 'policies',
  4: 'refusals',
  5: 'concurrency',
  6: 'decoding'
}
/** How many worlds the fifth flow has, beside its own. */
const WORLDS = 20

/** Every access key of a client; the secret is made from the key. */
export function keysOf(client: string): readonly string[] {
  return [
    ...Object.keys(flows).map((flow) => `${client}-f${flow}`),
    ...Array.from({ length: WORLDS }, (_, n) => `${client}-w${n + 1}`)
  ]
}
