import { readFileSync } from 'node:fs'

/** Set by the build. */
declare const VERSION: string | undefined

/** This package's version: the build knows it; from source it is read from the manifest. */
export function readVersion(): string {
  if (typeof VERSION === 'string') return VERSION
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : ''
}
