import type { Credentials } from './clients.ts'
import type { RawRequest } from './provider.ts'

/** What stands in a recording in place of a secret. */
export const HIDDEN = 'REDACTED'

/** What of a request another signature changes. */
export interface SignedAgain {
  readonly url: string
  /** Names in lower case; undefined: without it. All others stay. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** What who records calls to a cloud must know of it. */
export interface Recorded {
  /** Whether a host is the cloud's own, without a port and in lower case. */
  isOwnHost(host: string): boolean
  /** What its ids look like, beside UUIDs: of each text that fits, the named part `id` tells one from another. */
  readonly ids: readonly RegExp[]
  /**
   * The same request, signed in the same way by another key: for where its host has changed since, and is part of what is
   * signed. undefined: it has no such signature.
   */
  signAgain(request: RawRequest, credentials: Credentials): SignedAgain | undefined
  /** What an `Authorization` says beside its key, its signature or its token. */
  withoutSecrets(authorization: string): string
}
