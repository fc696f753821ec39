import { createRequire } from 'node:module'

/** One exchange of `fixtures/`, as far as a description shows it. */
export interface Exchange {
  /** `success…`, or the code that is answered. */
  readonly title: string
  /** What it is: `documented` by a page of the cloud, `recorded`, or `ours`. */
  readonly kind: string
  /** Sent to Baidu with this method; else to the only one that there is. */
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly version?: string | undefined
  /** What is read of it, where it is right. */
  readonly body?: unknown
  readonly status: number
  readonly answer?: unknown
}

/** By cloud and operation. */
export type Examples = Readonly<Record<string, Readonly<Record<string, readonly Exchange[]>>>>

/** Set by the build, which puts the exchanges beside the program; from source there are none. */
declare const EXAMPLES: string | undefined

/** Loaded when a description is asked for, and at no other time. */
export function readExamples(): Examples {
  return typeof EXAMPLES === 'string' ? createRequire(import.meta.url)(EXAMPLES) : {}
}
