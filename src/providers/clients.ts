import type { RawRequest } from './provider.ts'

/** What a person needs to point a client at a cloud. */
export interface ClientLines {
  readonly title: string
  readonly endpoint: string
  /** A line to copy for each kind of client; with a trusted certificate, for those alone that need another one by https. */
  readonly lines: readonly (readonly [client: string, line: string])[]
}

/** What a client signs with. */
export interface Credentials {
  readonly keyId: string
  readonly secret: string
  /** Of a key that was lent for a time, where a cloud has such. */
  readonly sessionToken?: string | undefined
}

/** What a cloud asks of its clients. */
export interface Signing {
  /** The variables that its own clients take their credentials from. */
  readonly credentialVariables: { readonly [M in keyof Credentials]: string }
  /** The headers that make a request one of a key's, at an instant of the wall clock: they go in place of any of their names. */
  sign(request: RawRequest, credentials: Credentials, wallNow: number): Readonly<Record<string, string>>
}
