import { BadUsage } from '../documents/complaint.ts'
import type { Credentials, Signing } from '../providers/clients.ts'
import type { Environment } from './variables.ts'

/** What the variables of a cloud's own clients hold. Throws `BadUsage`. */
export function credentialsIn({ credentialVariables: named }: Signing, env: Environment): Credentials {
  const keyId = env[named.keyId] ?? ''
  const secret = env[named.secret] ?? ''
  const missing = [...(keyId === '' ? [named.keyId] : []), ...(secret === '' ? [named.secret] : [])]
  if (missing.length > 0) {
    const expected = 'expected the credentials that calls are signed with, as the cloud’s own clients take them'
    throw new BadUsage(missing.map((where) => ({ where, reason: 'is not set', expected })))
  }
  const sessionToken = named.sessionToken === undefined ? undefined : env[named.sessionToken]
  return { keyId, secret, ...(sessionToken && { sessionToken }) }
}
