import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Log } from '../config/log.ts'
import { wallNow } from '../core/model/clock.ts'
import { BadUsage } from '../documents/complaint.ts'
import { type GivenFiles, givenIdentity } from './given.ts'
import { type Kept, keptIn, troubleWith } from './kept.ts'
import type { Identity, KeyPair } from './key-pair.ts'

/** Set by the build, which puts what makes certificates beside the program; from source it is the file. */
declare const CERTIFICATES: string | undefined

export interface Wanted {
  readonly given: GivenFiles | undefined
  /** What a certificate of ours names, beside this machine's own names. */
  readonly hosts: readonly string[]
  /** The folder that worlds are kept in. */
  readonly data: string | undefined
}

const OWN_NAMES = ['localhost', '127.0.0.1', '::1']

/** What the server shows to clients that come by TLS. Throws `BadUsage`. */
export async function identityOf({ given, hosts, data }: Wanted, log: Log): Promise<Identity> {
  if (given) return givenIdentity(given, wallNow())
  const names = [...new Set([...OWN_NAMES, ...hosts])]
  return data === undefined ? passing(await newPair(names), log) : keptOrNew(keptIn(data), names, log)
}

async function keptOrNew(kept: Kept, names: readonly string[], log: Log): Promise<Identity> {
  const identity = (pair: KeyPair) => ({ ...pair, file: kept.file, withdraw: () => {} })
  const found = kept.read()
  const reason = found && troubleWith(found, names, wallNow())
  if (found && reason === undefined) return identity(found)
  const pair = await newPair(names)
  try {
    kept.write(pair)
  } catch (error) {
    throw new BadUsage([
      {
        where: '--data',
        reason: `takes no certificate: ${error instanceof Error ? error.message : error}`,
        expected: 'expected a folder that can be written, or a certificate of your own by --tls-cert and --tls-key'
      }
    ])
  }
  if (found) log('a new certificate is in the place of the one that was kept', { file: kept.file, reason })
  return identity(pair)
}

/** Its key stays in memory; what clients are to trust lies in a file as long as the server runs. */
function passing(pair: KeyPair, log: Log): Identity {
  try {
    const file = join(mkdtempSync(join(tmpdir(), 'snapstand-')), 'certificate.pem')
    // Made for its owner alone, but what lies there is for whoever calls.
    chmodSync(dirname(file), 0o755)
    writeFileSync(file, pair.certificate)
    return { ...pair, file, withdraw: () => rmSync(dirname(file), { recursive: true, force: true }) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    log('the certificate can’t be put into a file: give --data, or one of your own', { reason })
    return { ...pair, file: undefined, withdraw: () => {} }
  }
}

async function newPair(names: readonly string[]): Promise<KeyPair> {
  return (await issuer()).issue(names, wallNow())
}

/** Loaded when a certificate has to be made, and not before: the library takes longer than a start. */
async function issuer(): Promise<typeof import('./issue.ts')> {
  return typeof CERTIFICATES === 'string' ? createRequire(import.meta.url)(CERTIFICATES) : import('./issue.ts')
}
