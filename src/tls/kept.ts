import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { DAY_MS } from '../core/model/clock.ts'
import type { KeyPair } from './key-pair.ts'

/** Below it a new one is made, so that it is not in the middle of a run that it expires. */
const LEFT_MS = 30 * DAY_MS

/** Where a certificate of ours is kept from start to start: beside the worlds of `--data`. */
export interface Kept {
  readonly file: string
  /** undefined: there is none. */
  read(): KeyPair | undefined
  write(pair: KeyPair): void
}

export function keptIn(data: string): Kept {
  const folder = join(data, 'tls')
  const file = join(folder, 'certificate.pem')
  const keyFile = join(folder, 'key.pem')
  return {
    file,
    read() {
      const certificate = textOf(file)
      const key = textOf(keyFile)
      return certificate === undefined || key === undefined ? undefined : { certificate, key }
    },
    write({ certificate, key }) {
      // Others of this machine, or of this volume, read the certificate; the key is nobody's to read.
      mkdirSync(folder, { recursive: true })
      replace(keyFile, key, 0o600)
      replace(file, certificate, 0o644)
    }
  }
}

/** Whole or not at all; the mode counts for new files only, so what a kill left goes first. */
function replace(file: string, text: string, mode: number): void {
  const next = `${file}.new`
  rmSync(next, { force: true })
  writeFileSync(next, text, { mode, flag: 'wx' })
  renameSync(next, file)
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Why a certificate that was kept is not used again; undefined: it is. */
export function troubleWith({ certificate, key }: KeyPair, hosts: readonly string[], now: number): string | undefined {
  try {
    const leaf = new X509Certificate(certificate)
    if (!leaf.checkPrivateKey(createPrivateKey(key))) return 'its key is another one’s'
    if (now < Date.parse(leaf.validFrom)) return 'it is not valid yet'
    if (now > Date.parse(leaf.validTo) - LEFT_MS) return 'it is about to expire, or has'
    const missing = hosts.find((host) => !names(leaf, host))
    return missing === undefined ? undefined : `it does not name ${missing}`
  } catch {
    return 'its files are damaged'
  }
}

function names(leaf: X509Certificate, host: string): boolean {
  if (isIP(host) !== 0) return leaf.checkIP(host) !== undefined
  if (!host.startsWith('*.')) return leaf.checkHost(host) !== undefined
  return (leaf.subjectAltName ?? '').split(', ').includes(`DNS:${host}`)
}
