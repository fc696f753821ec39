import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'

/** An input that does not fit its schemas. What is wrong with it, `faultsOf` says. */
export class InvalidInput extends Error {}

const MESSAGE = 'the input does not fit the schema'

type Validator = (value: unknown) => { readonly value: unknown } | { readonly error: InvalidInput }

/** A validator for Fastify that compiles its schema at the first call: half a millisecond, times a hundred rows. */
export function lazyValidator(schema: TSchema): Validator {
  let check: ReturnType<typeof TypeCompiler.Compile> | undefined
  return (value) => {
    check ??= TypeCompiler.Compile(schema)
    return check.Check(value) ? { value } : { error: new InvalidInput(MESSAGE) }
  }
}
