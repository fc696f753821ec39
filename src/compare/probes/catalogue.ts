import type { Need, Probe, Step, Unasked } from './probe.ts'

/** The open questions of a cloud: each has a probe, or a reason why it has none. */
export interface Catalogue {
  readonly probes: readonly Probe[]
  readonly unasked: readonly Unasked[]
  readonly needs: Needs
  /** What is looked at first. */
  readonly overview: readonly Step[]
}

/** How each need is found or made: its steps keep the id under the name of the need. An instance is only ever lent. */
export type Needs = Readonly<
  Record<Exclude<Need, 'instance'>, { readonly needs?: readonly Need[]; readonly steps: readonly Step[] }>
>
