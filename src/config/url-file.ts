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
    return readFileSync(file, 'utf8').split('\n', 1)[0]?.trim() || undefined
  } catch {
    return undefined
  }
}
