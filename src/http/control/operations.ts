import type { FastifyInstance } from 'fastify'
import { assert } from '../../core/model/assert.ts'
import { listOperations } from '../../doors/operations.ts'
import type { Operation, Provider, Refusal } from '../../providers/provider.ts'
import { cloudsMeant } from './clouds.ts'
import type { ControlContext } from './index.ts'
import { serve } from './serve.ts'

/** What is served, where it is documented, and how each of its errors is reached. */
export function operations(app: FastifyInstance, context: ControlContext): void {
  serve(app, listOperations, (request) => {
    const meant = cloudsMeant(context, request.query.provider)
    return {
      specification: Object.fromEntries(meant.map((provider) => [provider.name, provider.specification])),
      operations: meant.flatMap((provider) => provider.operations.map((operation) => shown(provider, operation))),
      common: Object.fromEntries(meant.map((provider) => [provider.name, commonOf(provider)])),
      notServed: meant.flatMap(({ name: provider, notServed }) => notServed.map((each) => ({ provider, ...each })))
    }
  })
}

function shown(provider: Provider, operation: Operation) {
  const { name, summary, source, route, aliases, versions, makes, notes, errors, wording, reach } = operation
  return {
    provider: provider.name,
    name,
    summary,
    source,
    route,
    aliases: aliases.length > 0 ? aliases : undefined,
    versions,
    errors: errors.map((code) => {
      const known = provider.catalogue[code]
      assert(known, `${code} of ${name} stands in the catalogue`)
      return error(provider, name, code, { ...known, ...wording[code] }, reach[code])
    }),
    makes,
    notes
  }
}

/** Codes that any operation of the cloud may answer. */
function commonOf(provider: Provider) {
  return Object.entries(provider.catalogue).flatMap(([code, refusal]) =>
    refusal.common ? [error(provider, '*', code, refusal)] : []
  )
}

function error({ name: provider }: Provider, operation: string, code: string, refusal: Refusal, reach = refusal.reach) {
  const { status, message, source } = refusal
  return { code, status, message, source, reach, byFault: { provider, operation, then: { error: code } } }
}
