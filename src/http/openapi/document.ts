/** A schema of JSON Schema 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** A reference into the same document. */
export type Ref = {
  readonly $ref: string
}

/** OpenAPI 3.1, as far as Snapstand writes it. */
export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly jsonSchemaDialect: string
  readonly info: {
    readonly title: string
    readonly version: string
    readonly description: string
    readonly license: { readonly name: string; readonly identifier: string }
  }
  readonly servers: readonly { readonly url: string; readonly description: string }[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components: Components
}

export type PathItem = Readonly<Partial<Record<Method, PathOperation>>>
export type Method = 'get' | 'put' | 'post' | 'delete' | 'patch'

export interface PathOperation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly (ParameterObject | Ref)[]
  readonly requestBody?: { readonly required: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, ResponseObject | Ref>>
  readonly [extension: `x-${string}`]: unknown
}

export interface ParameterObject {
  readonly name: string
  readonly in: 'header' | 'query' | 'path'
  readonly required: boolean
  readonly description?: string
  readonly allowEmptyValue?: boolean
  readonly schema: JsonSchema
}

export interface ResponseObject {
  readonly description: string
  readonly headers?: Readonly<Record<string, HeaderObject | Ref>>
  readonly content?: Content
}
export interface HeaderObject {
  readonly description: string
  readonly required?: boolean
  readonly schema: JsonSchema
}

/** By media type. */
export type Content = Readonly<Record<string, MediaType>>
export interface MediaType {
  readonly schema: JsonSchema
  readonly examples?: Readonly<Record<string, ExampleObject | Ref>>
}
export interface ExampleObject {
  readonly summary?: string
  readonly description?: string
  readonly value: unknown
}

export interface Components {
  readonly securitySchemes: Readonly<Record<string, object>>
  readonly schemas: Readonly<Record<string, JsonSchema>>
  readonly parameters?: Readonly<Record<string, ParameterObject>>
  readonly responses?: Readonly<Record<string, ResponseObject>>
  readonly headers?: Readonly<Record<string, HeaderObject>>
  readonly examples?: Readonly<Record<string, ExampleObject>>
}

/** What a description says of the server that it was asked of. */
export interface Served {
  /** Where the client reached this server. */
  readonly url: string
  readonly version: string
}

export const DIALECT = 'https://json-schema.org/draft/2020-12/schema'
export const LICENSE = { name: 'Apache-2.0', identifier: 'Apache-2.0' } as const

/** A path as OpenAPI writes it: `/v2/asp/:aspId` → `/v2/asp/{aspId}`. */
export function templated(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

export function refTo(kind: keyof Components, name: string): Ref {
  return { $ref: `#/components/${kind}/${name}` }
}
