import { KindGuard, type TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { COMMON_REFUSALS, type Door } from '../src/doors/door.ts'
import { DOORS } from '../src/doors/index.ts'
import { Problem } from '../src/doors/schemas.ts'
import type { Operation, Provider } from '../src/providers/provider.ts'

/** The schema, with nothing more allowed than it names, at any depth. */
export function exactly(schema: TSchema): TSchema {
  if (KindGuard.IsObject(schema)) {
    const properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, member]) => [name, exactly(member)])
    )
    return { ...schema, properties, additionalProperties: schema.additionalProperties ?? false }
  }
  if (KindGuard.IsArray(schema)) return { ...schema, items: exactly(schema.items) }
  if (KindGuard.IsUnion(schema)) return { ...schema, anyOf: schema.anyOf.map(exactly) }
  if (KindGuard.IsIntersect(schema)) return { ...schema, unevaluatedProperties: false }
  return schema
}

/** What is wrong with an answer, as a client reads it. */
export function inexact({ name, response }: Operation, result: unknown): string | undefined {
  const text = JSON.stringify(result)
  return unfit(name, response, text === undefined ? undefined : JSON.parse(text))
}

/** What is wrong with a value, nothing more allowed than its schema names. */
export function unfit(name: string, schema: TSchema, value: unknown): string | undefined {
  const check = compiled(schema)
  if (check.Check(value)) return undefined
  const [first] = check.Errors(value)
  return `${name} answers what its schema doesn't have: ${first?.path} ${first?.message} in ${JSON.stringify(value)}`
}

/** What is wrong with an answer of the control API, by its row. */
export function inexactAnswer(row: Door, status: number, type: string, body: string): string | undefined {
  const { name, answer, refusals } = row
  if (status >= 400) {
    const isKnown = [...COMMON_REFUSALS, ...refusals].includes(status)
    return isKnown ? unfit(name, Problem, JSON.parse(body)) : `${name} answers ${status}, which its row doesn't list`
  }
  if (status !== answer.status) return `${name} answers ${status}, and its row says ${answer.status}`
  if (answer.status === 204) return body === '' ? undefined : `${name} answers a body where its row says none`
  if ('text' in answer) return type === answer.text ? undefined : `${name} answers ${type}, not ${answer.text}`
  if ('orText' in answer && type === answer.orText) return undefined
  return type.startsWith('application/json')
    ? unfit(name, answer.schema, JSON.parse(body))
    : `${name} answers ${type}, not JSON`
}

/** The row of a call of the control API. */
export function doorAt(method: string, url: string): Door | undefined {
  const [path = ''] = url.replace(/^\/_snapstand/, '').split('?')
  const parts = path.split('/')
  const fits = (pattern: string) => {
    const wanted = pattern.split('/')
    return (
      wanted.length === parts.length && wanted.every((part, index) => part.startsWith(':') || part === parts[index])
    )
  }
  return DOORS.find((row) => row.method === method && fits(row.path))
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
