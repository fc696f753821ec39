import type { TObject, TSchema } from '@sinclair/typebox'
import type { Operation, Route } from './provider.ts'

/** What a description of a cloud's API says that its rows and its catalogue do not: how calls look around them. */
export interface Description {
  readonly title: string
  /** Of the API as a whole, in Markdown. */
  readonly about: string
  /** Ways to say who is calling, by name. */
  readonly security: Readonly<Record<string, Scheme>>
  /** Which of them are enough, each by itself or together; an empty list: nobody needs to say anything. */
  readonly enough: readonly (readonly string[])[]
  /** What any call may bear beside its operation's own input, by a name for the whole. */
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  tagOf(operation: Operation): string
  /** How the operation is chosen where several share a method and a path. */
  selectorOf(route: Route): Parameter | undefined
  /** What a call of this operation bears beside its input and its selector. */
  parametersOf(operation: Operation): readonly Parameter[]
  /** Whether a call at this route is sent with a body. */
  hasBody(operation: Operation, route: Route): boolean
  /** What is around an answer: `schema` is that of the row. */
  success(schema: TSchema): TSchema
  /** What every refusal is. */
  readonly failure: TObject
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, Header>>
}

export interface Parameter {
  readonly name: string
  readonly in: 'header' | 'query' | 'path'
  readonly required?: boolean
  readonly description?: string
  readonly schema: TSchema
  /** Of a query key whose presence alone counts. */
  readonly allowEmptyValue?: boolean
}

export interface Header {
  readonly description: string
  readonly required?: boolean
  readonly schema: TSchema
}

export type Scheme = { readonly description: string } & (
  | { readonly type: 'apiKey'; readonly in: 'header' | 'query'; readonly name: string }
  | { readonly type: 'http'; readonly scheme: string }
)
