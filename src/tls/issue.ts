import { isIP } from 'node:net'
// The library finds its parts by what this adds to the language.
import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator
} from '@peculiar/x509'
import { DAY_MS } from '../core/model/clock.ts'
import type { KeyPair } from './key-pair.ts'

/** What every client knows, and what takes a millisecond to make. */
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
/** Clients with a clock that is late take it, too. */
const BEFORE_MS = DAY_MS
/** Longer ones are refused by some clients, whoever trusts them. */
const VALID_MS = 397 * DAY_MS

/**
 * A certificate for these hosts, signed by itself, and no authority: whoever trusts it trusts this one server. It says
 * nothing of what its key may do: if it did, old clients would not see that it is signed by itself.
 */
export async function issue(hosts: readonly string[], now: number): Promise<KeyPair> {
  const { crypto } = globalThis
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Snapstand, O=A local stand-in for two clouds',
      keys,
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(now - BEFORE_MS),
      notAfter: new Date(now + VALID_MS),
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(
          hosts.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const)
        ),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
        await AuthorityKeyIdentifierExtension.create(keys.publicKey)
      ]
    },
    crypto
  )
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { certificate: `${certificate.toString('pem')}\n`, key: `${PemConverter.encode(key, 'PRIVATE KEY')}\n` }
}
