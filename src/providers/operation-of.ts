import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import { type Evidence, sourceOf } from './evidence.ts'
import type { Catalogue, Operation, Row } from './provider.ts'

type NoInput = TObject<Record<never, never>>
const none = Type.Object({})

/** Binds `operation` to one provider's catalogue: a row lists only codes that exist and throws only codes it lists. */
export function operationOf<C>() {
  return <const Cat extends Catalogue>(_catalogue: Cat) => ({
    operation: <
      R extends TSchema,
      const Code extends keyof Cat & string,
      P extends TSchema = NoInput,
      Q extends TSchema = NoInput,
      B extends TSchema = NoInput
    >(
      row: Row<P, Q, B, R, Code, C>
    ): Operation<C> => ({
      ...row,
      source: sourceOf(row.evidence),
      aliases: row.aliases ?? [],
      versions: row.versions,
      ...reachOf(row.reach ?? {}, row.evidence),
      wording: row.wording ?? {},
      makes: row.makes,
      notes: row.notes ?? [],
      run: (call) => row.run(call), // the router's validation is trusted here, and only here
      request: {
        params: row.request?.params ?? none,
        query: row.request?.query ?? none,
        body: row.request?.body ?? none
      }
    })
  })
}

/** How each code is reached, and what that rests on: where it says nothing, what the whole row rests on. */
function reachOf(reach: Row<never, never, never, never, string, never>['reach'] & object, evidence: Evidence) {
  const said = Object.entries(reach).flatMap(([code, way]) => {
    if (way === undefined) return []
    return [[code, typeof way === 'string' ? { text: way, evidence } : way] as const]
  })
  return {
    reach: Object.fromEntries(said.map(([code, { text }]) => [code, text])),
    reachEvidence: Object.fromEntries(said.map(([code, way]) => [code, way.evidence]))
  }
}
