import { KindGuard, type TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { Operation, Provider } from '../src/providers/provider.ts'

/** The schema, with nothing more allowed than it names, at any depth. */
export function exactly(schema: TSchema): TSchema {
  if (KindGuard.IsObject(schema)) {
    const properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, member]) => [name, exactly(member)])
    )
    return { ...schema, properties, additionalProperties: false }
  }
  if (KindGuard.IsArray(schema)) return { ...schema, items: exactly(schema.items) }
  if (KindGuard.IsUnion(schema)) return { ...schema, anyOf: schema.anyOf.map(exactly) }
  if (KindGuard.IsIntersect(schema)) return { ...schema, unevaluatedProperties: false }
  return schema
}

/** What is wrong with an answer, as a client reads it. */
export function inexact({ name, response }: Operation, result: unknown): string | undefined {
  const text = JSON.stringify(result)
  const value: unknown = text === undefined ? undefined : JSON.parse(text)
  const check = compiled(response)
  if (check.Check(value)) return undefined
  const [first] = check.Errors(value)
  return `${name} answers what its schema doesn't have: ${first?.path} ${first?.message} in ${text}`
}

const checks = new WeakMap<TSchema, ReturnType<typeof TypeCompiler.Compile>>()
function compiled(schema: TSchema) {
  const known = checks.get(schema)
  if (known) return known
  const check = TypeCompiler.Compile(exactly(schema))
  checks.set(schema, check)
  return check
}

/** The provider, each answer of its rows held against its schema: what doesn't fit is told. */
export function watched(provider: Provider, tell: (fault: string) => void): Provider {
  return {
    ...provider,
    operations: provider.operations.map((operation) => ({
      ...operation,
      run(call) {
        const result = operation.run(call)
        const fault = inexact(operation, result)
        if (fault !== undefined) tell(fault)
        return result
      }
    }))
  }
}
