import { type TObject, type TSchema, Type } from '@sinclair/typebox'
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
      aliases: row.aliases ?? [],
      versions: row.versions,
      reach: row.reach ?? {},
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
