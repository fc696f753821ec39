import { KindGuard, type TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { type Wrong, wrongsOf } from '../documents/wrongs.ts'
import type { Input, Operation } from '../providers/provider.ts'

type Check = (value: unknown) => boolean

/** A check that compiles its schema at the first call: half a millisecond, times a hundred rows. */
export function lazyCheck(schema: TSchema): Check {
  let compiled: ReturnType<typeof TypeCompiler.Compile> | undefined
  return (value) => {
    compiled ??= TypeCompiler.Compile(schema)
    return compiled.Check(value)
  }
}

/** The checks of a cloud's rows. */
export interface InputChecks {
  /** What is wrong with an input; empty: nothing. */
  wrongsOf(operation: Operation, input: Input): readonly Wrong[]
}

const PARTS = ['params', 'query', 'body'] as const

export function inputChecks(): InputChecks {
  const known = new Map<Operation, (input: Input) => boolean>()
  return {
    wrongsOf(operation, input) {
      let fits = known.get(operation)
      if (!fits) {
        fits = checkOf(operation)
        known.set(operation, fits)
      }
      if (fits(input)) return []
      return PARTS.flatMap((part) => wrongsOf(part, operation.request[part], input[part]))
    }
  }
}

/** What an operation does not read needs no check. */
function checkOf({ request }: Operation): (input: Input) => boolean {
  const checks = PARTS.filter((part) => readsAny(request[part])).map((part) => ({
    part,
    fits: lazyCheck(request[part])
  }))
  return (input) => checks.every(({ part, fits }) => fits(input[part]))
}

function readsAny(schema: TSchema): boolean {
  return !KindGuard.IsObject(schema) || Object.keys(schema.properties).length > 0
}
