import type { Keyring, RequestLine } from '../provider.ts'

/** Whether somebody who confused the two sent a configured secret in the place of a key: it must not name a world. */
export function isSecret(keyId: string, keys: Keyring): boolean {
  return keys.secretOf(keyId) === undefined && keys.secrets.includes(keyId)
}
export const SWAPPED = 'The access key id is a secret of this server: probably id and secret are swapped.'

/** What a request of any cloud may hold that must never be told: its key's configured secret, its bearer token. */
export function secretsIn({ headers }: RequestLine, keyId: string | null, keys: Keyring): readonly string[] {
  const secrets: string[] = []
  const secret = keyId === null ? undefined : keys.secretOf(keyId)
  // A secret that is the key's own name is none: hiding it would hide the name everywhere.
  if (secret !== undefined && secret !== keyId) secrets.push(secret)
  const bearer = /^bearer\s+(\S.*)$/i.exec(headers.authorization ?? '')?.[1]
  if (bearer !== undefined) secrets.push(bearer.trim())
  return secrets
}
