import type { FastifyInstance } from 'fastify'
import { assert } from '../../core/model/assert.ts'
import { listOperations } from '../../doors/operations.ts'
import { behavioursOf, claimsOf, countsOf, type Member, membersOf, statesOf } from '../../providers/claims.ts'
import { type Evidence, sourceOf } from '../../providers/evidence.ts'
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
      behaviours: Object.fromEntries(meant.map((provider) => [provider.name, behavioursOf(provider)])),
      notServed: meant.flatMap(({ name: provider, notServed }) => notServed.map((each) => ({ provider, ...each })))
    }
  })
}

function shown(provider: Provider, operation: Operation) {
  const { name, summary, source, evidence, route, aliases, versions, makes, notes, errors, wording } = operation
  return {
    provider: provider.name,
    name,
    summary,
    source,
    evidence,
    counts: countsOf(claimsOf(provider, operation)),
    route,
    aliases: aliases.length > 0 ? aliases : undefined,
    versions,
    errors: errors.map((code) => {
      const known = provider.catalogue[code]
      assert(known, `${code} of ${name} stands in the catalogue`)
      const reached = { reach: operation.reach[code], evidence: operation.reachEvidence[code] ?? evidence }
      return error(provider, name, code, { ...known, ...wording[code] }, reached)
    }),
    makes,
    members: grouped(membersOf(operation)),
    states: statesOf(provider, operation),
    notes
  }
}

/** Members by what they rest on, in the order in which each first comes. */
function grouped(members: readonly Member[]) {
  const groups = new Map<string, { readonly evidence: Evidence; readonly names: string[] }>()
  for (const { name, evidence } of members) {
    const key = JSON.stringify(evidence)
    const group = groups.get(key) ?? { evidence, names: [] }
    group.names.push(name)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Codes that any operation of the cloud may answer. */
function commonOf(provider: Provider) {
  return Object.entries(provider.catalogue).flatMap(([code, refusal]) =>
    refusal.common ? [error(provider, '*', code, refusal, { reach: refusal.reach })] : []
  )
}

interface Reached {
  readonly reach: string | undefined
  readonly evidence?: Evidence
}

function error({ name: provider }: Provider, operation: string, code: string, refusal: Refusal, reached: Reached) {
  const { status, message, evidence: codeEvidence, textEvidence = codeEvidence } = refusal
  const byFault = { provider, operation, then: { error: code } }
  return { code, status, message, source: sourceOf(codeEvidence), ...reached, codeEvidence, textEvidence, byFault }
}
