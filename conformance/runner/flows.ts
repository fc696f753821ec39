/** What every client's program does, by number. */
export const flows: Readonly<Record<string, string>> = {
  1: 'disk life',
  2: 'snapshots',
  3: 'policies',
  4: 'refusals',
  5: 'concurrency',
  6: 'decoding',
  7: 'faults'
}
/** Those of one client: what only some programs show is shown by the others'. */
export function flowsOf(client: { readonly lacks?: readonly string[] }): readonly (readonly [string, string])[] {
  return Object.entries(flows).filter(([number]) => !client.lacks?.includes(number))
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
