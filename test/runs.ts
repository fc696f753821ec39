import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    readonly thorough: boolean
  }
}

/** How many random ones: as few as one waits for, or, in `npm run test:slow`, all of them. */
export function runs(few: number, all: number): number {
  return inject('thorough') ? all : few
}
