import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Log } from './log.ts'

/** What is told: with TLS, its URL in a second line and in a third the file of the certificate that clients are to trust. */
export interface Announced {
  readonly url: string
  readonly secure?: { readonly url: string; readonly certificateFile: string | undefined } | undefined
}

/**
 * Tells by a file where the server is, whatever it was started with. The function that it gives back takes that back. A
 * file that cannot be written is no reason not to serve.
 */
export function announceUrl(file: string, { url, secure }: Announced, log: Log): () => void {
  const lines = secure === undefined ? [url] : [url, secure.url, secure.certificateFile ?? '']
  try {
    writeFileSync(file, `${lines.join('\n')}\n`)
  } catch (error) {
    log('the URL can’t be told by its file', { file, reason: error instanceof Error ? error.message : String(error) })
    return () => {}
  }
  return () => {
    // Another server may have been started with the same file since.
    if (announcedUrl(file) === url) rmSync(file, { force: true })
  }
}

/** Where the server is that tells it by this file, if there is one. */
export function announcedUrl(file: string): string | undefined {
  try {
    return linesOf(file)[0]?.trim() || undefined
  } catch {
    return undefined
  }
}

/**
 * The file of the certificate that is to be trusted at a URL, if that file tells it. The port is enough: what it names, the
 * certificate says itself.
 */
export function announcedCertificate(file: string, url: URL): string | undefined {
  try {
    const [, secure = '', certificate = ''] = linesOf(file)
    return certificate !== '' && new URL(secure).port === url.port ? certificate : undefined
  } catch {
    return undefined
  }
}

function linesOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8').split('\n')
}
