import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { BadUsage } from '../documents/complaint.ts'
import { fromInstantInSeconds } from '../documents/instants.ts'
import type { Identity } from './key-pair.ts'

/** Files of the user's own. */
export interface GivenFiles {
  readonly certificate: string
  readonly key: string
}

/** The certificate that the user brought, and its key. Throws `BadUsage` where they can't serve. */
export function givenIdentity(files: GivenFiles, now: number): Identity {
  const certificate = textOf('--tls-cert', files.certificate)
  const key = textOf('--tls-key', files.key)
  const leaf = certificateIn(certificate, files.certificate)
  if (!leaf.checkPrivateKey(keyIn(key, files.key))) {
    refuse('--tls-key', `${files.key} is not the key of ${files.certificate}`, 'expected the key that it was made with')
  }
  const [from, to] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)]
  if (now > to) {
    const expected = 'expected one that is valid, or --tls alone, which makes one'
    refuse('--tls-cert', `${files.certificate} expired at ${fromInstantInSeconds(to)}`, expected)
  }
  if (now < from) {
    const expected = 'expected one that is valid now'
    refuse('--tls-cert', `${files.certificate} is not valid before ${fromInstantInSeconds(from)}`, expected)
  }
  try {
    createSecureContext({ cert: certificate, key })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    refuse('--tls-cert', `${files.certificate} can’t serve: ${reason}`, 'expected one that today’s clients take')
  }
  return { certificate, key, file: files.certificate, withdraw: () => {} }
}

function certificateIn(text: string, file: string): X509Certificate {
  try {
    return new X509Certificate(text)
  } catch {
    const expected = 'expected a file that begins with -----BEGIN CERTIFICATE-----'
    return refuse('--tls-cert', `${file} holds no certificate in PEM`, expected)
  }
}

function keyIn(text: string, file: string): KeyObject {
  try {
    return createPrivateKey(text)
  } catch {
    const isLocked = /ENCRYPTED/.test(text)
    return refuse(
      '--tls-key',
      isLocked ? `${file} wants a passphrase` : `${file} holds no private key in PEM`,
      isLocked ? 'expected a key without one' : 'expected a file that begins with -----BEGIN PRIVATE KEY-----'
    )
  }
}

function textOf(where: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return refuse(where, `can’t be read: ${reason}`, 'expected a file in PEM')
  }
}

function refuse(where: string, reason: string, expected: string): never {
  throw new BadUsage([{ where, reason, expected }])
}
